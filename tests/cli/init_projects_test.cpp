// SPDX-License-Identifier: MIT
// `init` in existing projects with ten layouts: what it writes, what it prints, and that no file of
// the project changes.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/init_project.hpp"

namespace {

namespace fs = std::filesystem;
using init_tests::Names;
using init_tests::Project;
using Files = std::map<std::string, std::string>;

const fs::path examples = fs::path(GITEA_RELEASE_SOURCE) / "examples";
const std::string release = ".gitea/workflows/release.yml";

struct Layout {
  std::string what;
  Files files;
  std::string found;                    ///< in the first line
  Names written;                        ///< all written files
  std::vector<std::string> in_release;  ///< parts of release.yml
  std::vector<std::string> said;
};

std::string backend(const std::string& name) {
  return "[build-system]\nbuild-backend = '" + name + "'\n";
}

const std::string project = "[project]\nname = 'acme'\n";
const std::string fixed = project + "version = '1.4.2'\n";
const std::string dynamic = project + "dynamic = ['version']\n";

std::vector<Layout> python_layouts() {
  return {
      {"setuptools, checked with uv",
       {{"pyproject.toml", fixed + "[dependency-groups]\ndev = ['ruff', 'pytest']\n" +
                               backend("setuptools.build_meta")},
        {"uv.lock", "version = 1\n"},
        {"src/acme/__init__.py", ""},
        {"README.md", "Acme\n"},
        {".gitignore", "dist/\n"}},
       "kind library (detected; --kind selects another); found: Python, setuptools, acme 1.4.2",
       {release, ".gitea/workflows/test.yml", ".pre-commit-config.yaml"},
       {"stamp: pyproject.toml"},
       {"a tag above the present version, 1.4.2: git tag v1.4.3 && git push origin v1.4.3"}},
      {"setup.py only, with a script that uploads",
       {{"setup.py", "from setuptools import setup\nsetup(name='acme', version='1.4.2')\n"},
        {"acme/__init__.py", ""},
        {"CHANGELOG.md", "# Changes\n"},
        {".gitea/workflows/publish.yml",
         "on: push\njobs: {a: {steps: [{run: curl $URL/releases}]}}\n"}},
       "found: Python, setuptools, acme 1.4.2",
       {release},
       {"setup.py => "},
       {".gitea/workflows/publish.yml creates a release, too (line 2)",
        "changelog_path: CHANGELOG.md"}},
      {"hatchling with a dynamic version",
       {{"pyproject.toml", dynamic + backend("hatchling.build") +
                               "[tool.hatch.version]\npath = 'src/acme/__about__.py'\n"},
        {"src/acme/__init__.py", ""},
        {"src/acme/__about__.py", "__version__ = '1.4.2'\n"},
        {".github/workflows/ci.yml", "on: push\n"}},
       "found: Python, hatchling, acme 1.4.2",
       {".github/workflows/release.yml"},
       {"src/acme/__about__.py => "},
       {"The new workflow is in .github/workflows"}},
      {"poetry without [project]",
       {{"pyproject.toml",
         "[tool.poetry]\nname = 'acme'\nversion = '1.4.2'\n" + backend("poetry.core.masonry.api")},
        {"acme/__init__.py", ""}},
       "found: Python, poetry, acme 1.4.2",
       {release},
       {"pyproject.toml => ^version"},
       {"git tag v1.4.3"}},
      {"pdm, the version from the tag",
       {{"pyproject.toml",
         dynamic + backend("pdm.backend") + "[tool.pdm.version]\nsource = 'scm'\n"},
        {"src/acme/__init__.py", ""},
        {".forgejo/workflows/ci.yml", "on: push\n"}},
       "found: Python, pdm, acme",
       {".forgejo/workflows/release.yml"},
       {"PDM_BUILD_SCM_VERSION: ${{ steps.version.outputs.pep440 }}"},
       {"git tag v0.1.0"}},
      {"flit, with an image",
       {{"pyproject.toml", dynamic + backend("flit_core.buildapi")},
        {"acme.py", "'''Acme.'''\n__version__ = '1.4.2'\n"},
        {"Dockerfile", "FROM scratch\n"},
        {".dockerignore", ".git\n"}},
       "kind docker (detected; --kind selects another); found: Python, flit, acme 1.4.2",
       {release, ".gitea/workflows/docker.yml"},
       {},
       {"ARG APP_VERSION", "DEPLOY_TOKEN"}},
  };
}

std::vector<Layout> other_layouts() {
  return {
      {"C++ with CPack",
       {{"CMakeLists.txt", "project(acme VERSION 1.4.2)\ninclude(CPack)\n"}, {"main.cpp", ""}},
       "kind plain (detected; --kind selects another); found: CMake, acme 1.4.2",
       {release},
       {"cpack", "files: dist/*.tar.gz"},
       {"has cmake"}},
      {"Go, with a release.yml of its own",
       {{"go.mod", "module example.org/acme\n"},
        {"main.go", "package main\n"},
        {release, "on: push\njobs: {a: {steps: [{uses: goreleaser/goreleaser-action@v6}]}}\n"}},
       "found: Go, acme",
       {},
       {"goreleaser"},
       {release + " (differs; --force replaces it)", release + " is your own and was not changed"}},
      {"Rust",
       {{"Cargo.toml", "[package]\nname = \"acme\"\nversion = \"1.4.2\"\n"}, {"src/main.rs", ""}},
       "found: Rust, acme 1.4.2",
       {release},
       {"cargo build --release", "files: target/release/acme"},
       {"has cargo"}},
      {"Node.js",
       {{"package.json", "{\"name\": \"acme\", \"version\": \"1.4.2\"}\n"},
        {"package-lock.json", "{}\n"}},
       "found: Node.js",
       {release},
       {"npm ci", "files: '*.tgz'", "package.json"},
       {"above the present version, 1.4.2"}},
  };
}

void check_layout(const Layout& layout) {
  INFO(layout.what);
  const Project project;
  for (const auto& [name, text] : layout.files) project.file(name, text);
  const auto planned = project.init({"--dry-run"});
  INFO(planned.output);
  CHECK(planned.status == 0);
  CHECK(project.texts() == layout.files);

  const auto ended = project.init({});
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(ended.output.find(layout.found) != std::string::npos);
  Names written;
  std::string workflow;
  for (const auto& [name, text] : project.texts()) {
    const auto before = layout.files.find(name);
    if (before == layout.files.end()) written.insert(name);
    if (before != layout.files.end()) CHECK(text == before->second);
    if (name.ends_with("/workflows/release.yml")) workflow = text;
  }
  CHECK(written == layout.written);
  INFO(workflow);
  for (const std::string& part : layout.in_release) {
    INFO(part);
    CHECK(workflow.find(part) != std::string::npos);
  }
  for (const std::string& part : layout.said) {
    INFO(part);
    CHECK(ended.output.find(part) != std::string::npos);
  }
  CHECK(project.init({}).output.find("nothing to write") != std::string::npos);
}

}  // namespace

TEST_CASE("init in Python projects with six layouts") {
  for (const Layout& layout : python_layouts()) check_layout(layout);
}

TEST_CASE("init in projects in four other languages") {
  for (const Layout& layout : other_layouts()) check_layout(layout);
}

TEST_CASE(
    "init uses the names of an existing application in its builds, and lists what is missing") {
  const Project project;
  project.file("pyproject.toml", "[tool.poetry]\nname = 'acme-tool'\nversion = '1.4.2'\n" +
                                     backend("poetry.core.masonry.api"));
  project.file("acme_tool/__init__.py", "");
  const auto ended = project.init({"--kind", "desktop"});
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  const std::string names = project.text("packaging/app.env");
  CHECK(names.find("APP_NAME=\"acme-tool\"\nPACKAGE=\"acme_tool\"\n") != std::string::npos);
  for (const char* part :
       {"         [project]\n         name = \"acme-tool\"\n         version = \"1.4.2\"\n",
        "Create acme_tool/__main__.py", "Create .python-version", "uv.lock"}) {
    INFO(part);
    CHECK(ended.output.find(part) != std::string::npos);
  }
}

TEST_CASE("init takes the owner and the server from the remote, and never prints its password") {
  const Project project;
  project.file("Cargo.toml", "[package]\nname = \"acme\"\nversion = \"1.4.2\"\n");
  project.repository("https://me:secret@git.example.org/team/acme.git", {"v1.5.0", "other/v9.0.0"});
  const auto ended = project.init({});
  INFO(ended.output);
  CHECK(ended.status == 0);
  const std::string text = project.text(release);
  CHECK(text.find("uses: https://git.example.org/team/gitea-release@v1") != std::string::npos);
  CHECK((text + ended.output).find("secret") == std::string::npos);
  CHECK(ended.output.find("1.4.2, and the highest tag, v1.5.0: git tag v1.5.1") !=
        std::string::npos);
  REQUIRE(project.init({"--owner", "tools", "--force"}).status == 0);
  CHECK(project.text(release).find("uses: https://git.example.org/tools/gitea-release@v1") !=
        std::string::npos);
}

TEST_CASE("without a remote init takes the owner from the option, or writes OWNER and says so") {
  const Project project;
  project.file("go.mod", "module example.org/acme\n");
  CHECK(project.init({"--dry-run"}).output.find("replace OWNER") != std::string::npos);
  REQUIRE(project.init({"--owner", "tools"}).status == 0);
  CHECK(project.text(release).find("uses: tools/gitea-release@v1") != std::string::npos);
  const auto refused = project.init({"--owner", "a b"});
  CHECK(refused.status == 2);
  CHECK(refused.output.find("owner: 'a b' is not the name of an owner") != std::string::npos);
}

TEST_CASE("init rejects a kind for Python in a project in another language") {
  const Project project;
  project.file("go.mod", "module example.org/acme\n");
  for (const char* kind : {"desktop", "library", "desktop-docker"}) {
    const auto ended = project.init({"--kind", kind});
    INFO(ended.output);
    CHECK(ended.status == 2);
    CHECK(ended.output.find("Use --kind plain") != std::string::npos);
  }
  CHECK(project.names() == Names{"go.mod"});
}
