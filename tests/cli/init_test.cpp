// SPDX-License-Identifier: MIT
// The command `init`: which files it writes into which project.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/init_project.hpp"
#include "support/golden.hpp"
#include "support/under_test.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using init_tests::Names;
using init_tests::Project;

const fs::path examples = fs::path(GITEA_RELEASE_SOURCE) / "examples";

const Names of_all = {".gitea/workflows/test.yml", ".gitignore", ".pre-commit-config.yaml",
                      "RELEASE_NOTES.md"};
const Names of_application = {".python-version", "pyproject.toml", "uv.lock",
                              "src/your_app/__init__.py", "tests/test_web.py"};
const Names of_image = {"Dockerfile", ".dockerignore", ".gitea/workflows/docker.yml"};
const Names of_packages = {".gitea/release.yml", "packaging/installer.nsi",
                           "packaging/build-linux.sh"};

bool has_all(const Names& names, const Names& wanted) {
  return std::includes(names.begin(), names.end(), wanted.begin(), wanted.end());
}

bool has_any(const Names& names, const Names& unwanted) {
  return std::any_of(unwanted.begin(), unwanted.end(),
                     [&](const std::string& name) { return names.contains(name); });
}

}  // namespace

TEST_CASE("init writes only the files that the kind needs") {
  struct Row {
    std::string kind;
    bool application;
    bool image;
    bool packages;
    std::string workflow;
  };
  const Row row = GENERATE(Row{"docker", true, true, false, "image-only.yml"},
                           Row{"desktop", true, false, true, "release.yml"},
                           Row{"desktop-docker", true, true, true, "release.yml"},
                           Row{"library", false, false, false, "library.yml"});
  INFO(row.kind);
  const Project project;
  const auto ended = project.init({"--kind", row.kind});
  INFO(ended.output);
  CHECK(ended.status == 0);
  const Names names = project.names();
  CHECK(has_all(names, of_all));
  CHECK((row.application ? has_all(names, of_application) : !has_any(names, of_application)));
  CHECK((row.image ? has_all(names, of_image) : !has_any(names, of_image)));
  CHECK((row.packages ? has_all(names, of_packages) : !has_any(names, of_packages)));
  CHECK(project.text(".gitea/workflows/release.yml") ==
        support::read_file(examples / "workflows" / row.workflow));
}

TEST_CASE("init copies the template byte by byte, and its scripts are executable") {
  support::needs_this_system("permissions");
  const Project project;
  REQUIRE(project.init({"--kind", "desktop-docker"}).status == 0);
  const fs::path root = examples / "python-app";
  for (const std::string& name : project.names()) {
    INFO(name);
    CHECK((project.text(name) == support::read_file(root / name)));
    CHECK((access((project.path() / name).c_str(), X_OK) == 0) ==
          (access((root / name).c_str(), X_OK) == 0));
  }
}

TEST_CASE("what init prints in an empty folder, and on a second run") {
  const Project project;
  support::check_golden("cli/init-docker.txt", project.init({"--kind", "docker"}).output);
  support::check_golden("cli/init-again.txt", project.init({}).output);
}

TEST_CASE("init --force replaces a workflow, but never a file of the project") {
  const Project project;
  const Names own = {"Dockerfile", "pyproject.toml", "README.md", ".dockerignore"};
  for (const std::string& name : own) project.file(name, "FROM scratch\n");
  const std::string workflow = ".gitea/workflows/docker.yml";
  project.file(workflow, "on: push\n");
  const auto ended = project.init({"--kind", "docker"});
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(ended.output.find(workflow + " (differs; --force replaces it)") != std::string::npos);
  CHECK(project.text(workflow) == "on: push\n");
  CHECK(project.init({"--kind", "docker", "--force"}).status == 0);
  CHECK(project.text(workflow) == support::read_file(examples / "workflows/docker.yml"));
  for (const std::string& name : own) {
    INFO(name);
    CHECK(project.text(name) == "FROM scratch\n");
  }
}

TEST_CASE("init never suggests replacing a file of the project, even if the template has one") {
  const Project project;
  REQUIRE(project.init({"--kind", "docker"}).status == 0);
  const Names own = {"Dockerfile", "README.md", "src/your_app/web.py"};
  for (const std::string& name : own) project.file(name, "changed\n");
  const std::string output = project.init({"--kind", "docker", "--force"}).output;
  INFO(output);
  for (const std::string& name : own) {
    INFO(name);
    CHECK(project.text(name) == "changed\n");
    CHECK(output.find(name + " (differs; never replaced)") != std::string::npos);
  }
}

TEST_CASE("init does not add a second application to a project that has one") {
  const Project project;
  project.file("pyproject.toml", "[project]\nname = 'mine'\n");
  const auto ended = project.init({"--kind", "desktop"});
  CHECK(ended.status == 0);
  CHECK(has_all(project.names(), of_packages));
  CHECK_FALSE(has_any(project.names(), {"src/your_app/__init__.py", "uv.lock", "README.md"}));
  CHECK(project.text("pyproject.toml") == "[project]\nname = 'mine'\n");
  CHECK(ended.output.find("uv lock") != std::string::npos);
}

TEST_CASE("init detects the kind from the existing files") {
  struct Row {
    std::vector<std::string> files;
    std::string kind;
  };
  const Row row = GENERATE(Row{{}, "desktop-docker"}, Row{{"Dockerfile"}, "docker"},
                           Row{{"setup.py"}, "library"}, Row{{"packaging/app.env"}, "desktop"},
                           Row{{"Dockerfile", "packaging/app.env", "setup.py"}, "desktop-docker"},
                           Row{{"Dockerfile", "pyproject.toml"}, "docker"},
                           Row{{"Cargo.toml"}, "plain"}, Row{{"notes.txt"}, "plain"});
  const Project project;
  for (const std::string& name : row.files) project.file(name, "x");
  const auto ended = project.init({"--dry-run"});
  CHECK(ended.output.find("kind " + row.kind + " (detected") != std::string::npos);
  CHECK(project.names() == Names(row.files.begin(), row.files.end()));
}

TEST_CASE("init reports all conflicts at once, before it writes anything") {
  const Project project;
  project.file("packaging", "a file\n");
  fs::create_directories(project.path() / "Dockerfile");
  const auto ended = project.init({"--kind", "desktop-docker"});
  CHECK(ended.status == 2);
  CHECK(ended.output.find("packaging is not a directory") != std::string::npos);
  CHECK(ended.output.find("Dockerfile is a directory, not a regular file") != std::string::npos);
  CHECK(project.names() == Names{"packaging"});
}

TEST_CASE("init does not write through symbolic links") {
  support::needs_this_system("symbolic links");
  const Project project;
  const TempDir elsewhere;
  fs::create_directory_symlink(elsewhere.path(), project.path() / "packaging");
  fs::create_symlink(elsewhere.path() / "stolen", project.path() / "Dockerfile");
  CHECK(project.init({"--kind", "desktop-docker"}).status == 2);
  CHECK(fs::is_empty(elsewhere.path()));
}

TEST_CASE("init rejects an unknown kind and lists the known ones") {
  const Project project;
  const auto ended = project.init({"--kind", "desktp"});
  CHECK(ended.status == 2);
  CHECK(ended.output.find("docker, desktop, desktop-docker, library, plain") != std::string::npos);
  CHECK(ended.output.find("Did you mean 'desktop'?") != std::string::npos);
  CHECK(project.names().empty());
}
