// SPDX-License-Identifier: MIT
// The files that `init` writes into existing projects: actionlint accepts every workflow, and act
// runs those of five Python projects, whose packages are really built.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner/project.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::Project;
using Files = std::map<std::string, std::string>;

support::Ended run(const std::vector<std::string>& command, const fs::path& directory) {
  const TempDir logs;
  support::Process process(command, {{"PATH", std::getenv("PATH")}}, directory, logs / "log");
  return process.wait();
}

const std::string setuptools =
    "[project]\nname = 'acme'\ndynamic = ['version']\n"
    "[build-system]\nrequires = ['setuptools>=61']\nbuild-backend = 'setuptools.build_meta'\n"
    "[tool.setuptools.dynamic]\nversion = {attr = 'acme.__version__'}\n";
const std::string poetry =
    "[tool.poetry]\nname = 'acme'\nversion = '1.4.2'\ndescription = ''\nauthors = []\n"
    "[tool.poetry.dependencies]\npython = '>=3.9'\n"
    "[build-system]\nrequires = ['poetry-core>=1']\nbuild-backend = 'poetry.core.masonry.api'\n";

const std::string hatch =
    "[project]\nname = 'acme'\ndynamic = ['version']\nrequires-python = '>=3.9'\n"
    "[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n"
    "[tool.hatch.version]\npath = 'src/acme/__init__.py'\n";
const std::string pdm =
    "[project]\nname = 'acme'\ndynamic = ['version']\nrequires-python = '>=3.9'\n"
    "[build-system]\nrequires = ['pdm-backend']\nbuild-backend = 'pdm.backend'\n"
    "[tool.pdm.version]\nsource = 'scm'\n";
const std::string flit =
    "[project]\nname = 'acme'\ndynamic = ['version', 'description']\nrequires-python = '>=3.9'\n"
    "[build-system]\nrequires = ['flit_core >=3.2,<4']\nbuild-backend = 'flit_core.buildapi'\n";

/// The release of a tag by the workflow that `init` has written, with the package that was built.
void check_library(const Files& files) {
  Project project;
  project.install_real_uv();
  for (const auto& [name, text] : files) project.consumer.file(name, text);
  const auto written = run({GITEA_RELEASE, "init"}, project.consumer.project());
  INFO(written.output);
  REQUIRE(written.status == 0);

  project.push_tag(project.consumer.project() / ".gitea/workflows/release.yml", "v1.5.0-rc.1");
  const support::Release release = project.server.release("v1.5.0-rc.1");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == std::vector<std::string>{"SHA256SUMS", "acme-1.5.0rc1-py3-none-any.whl",
                                                    "acme-1.5.0rc1.tar.gz"});
  const TempDir downloads;
  const std::string wheel = "acme-1.5.0rc1-py3-none-any.whl";
  downloads.write(wheel, project.server.download(release.tag, wheel).body);
  const auto imported =
      run({"/usr/bin/env", "python3", "-I", "-c",
           "import sys; sys.path.insert(0, sys.argv[1])\nimport acme, importlib.metadata as m\n"
           "print(acme.greeting, m.version('acme').replace('-rc.', 'rc'))",  // hatch keeps it
           downloads / wheel},
          downloads.path());
  CHECK(imported.output == "hello 1.5.0rc1\n");
}

}  // namespace

TEST_CASE("the workflow for a setuptools project releases its package with the tag's version") {
  check_library({{"pyproject.toml", setuptools},
                 {"src/acme/__init__.py", "__version__ = '1.4.2'\ngreeting = 'hello'\n"}});
}

TEST_CASE("the workflow for a poetry project releases its package with the tag's version") {
  check_library({{"pyproject.toml", poetry}, {"acme/__init__.py", "greeting = 'hello'\n"}});
}

TEST_CASE("the workflow for a hatch project releases its package with the tag's version") {
  check_library({{"pyproject.toml", hatch},
                 {"src/acme/__init__.py", "__version__ = '1.4.2'\ngreeting = 'hello'\n"}});
}

TEST_CASE("the workflow for a pdm project releases its package with the tag's version") {
  check_library({{"pyproject.toml", pdm}, {"src/acme/__init__.py", "greeting = 'hello'\n"}});
}

TEST_CASE("the workflow for a flit project releases its package with the tag's version") {
  check_library({{"pyproject.toml", flit},
                 {"acme/__init__.py", "'''Acme.'''\n__version__ = '1.4.2'\ngreeting = 'hello'\n"}});
}

TEST_CASE("actionlint accepts every workflow that init writes") {
  const std::string dynamic = "[project]\nname = 'acme'\ndynamic = ['version']\n";
  const Files rows[] = {
      {{"pyproject.toml", setuptools}, {"src/acme/__init__.py", "__version__ = '1.4.2'\n"}},
      {{"pyproject.toml", poetry}, {"uv.lock", ""}},
      {{"pyproject.toml", dynamic + "[tool.setuptools_scm]\n"}},
      {{"pyproject.toml", dynamic}, {"Dockerfile", ""}},
      {{"pyproject.toml", dynamic}, {"packaging/app.env", ""}},
      {{"setup.cfg", "[metadata]\nname = acme\nversion = 1.0\n"}},
      {{"CMakeLists.txt", "project(acme VERSION 1.0)\ninstall(TARGETS acme)\n"}},
      {{"go.mod", "module example.org/acme\n"}, {"cmd/acme/main.go", ""}},
      {{"Cargo.toml", "[package]\nname = \"acme\"\nversion = \"1.0.0\"\n"}},
      {{"package.json", "{\"version\": \"1.0.0\", \"scripts\": {\"build\": \"tsc\"}}"}},
      {{"notes.txt", ""}},
  };
  for (const Files& files : rows) {
    INFO(files.begin()->first << ": " << files.begin()->second);
    const TempDir project;
    for (const auto& [name, text] : files) project.write(name, text);
    REQUIRE(run({GITEA_RELEASE, "init", "--owner", "tools"}, project.path()).status == 0);
    std::vector<std::string> command = {
        runner_tests::tool("actionlint"), "-no-color", "-config-file",
        std::string(GITEA_RELEASE_SOURCE) + "/tests/data/runner/actionlint.yaml"};
    const std::size_t before = command.size();
    for (const auto& entry : fs::directory_iterator(project.path() / ".gitea/workflows")) {
      command.push_back(entry.path().string());
    }
    REQUIRE(command.size() > before);
    const auto ended = run(command, project.path());
    INFO(ended.output);
    CHECK(ended.status == 0);
  }
}
