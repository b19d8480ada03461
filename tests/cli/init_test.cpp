// SPDX-License-Identifier: MIT
// The command `init`: what it writes into which project.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

const fs::path examples = fs::path(GITEA_RELEASE_SOURCE) / "examples";

/// A project's folder, and the command in it.
class Project {
 public:
  Project() { fs::create_directories(path()); }

  fs::path path() const { return directory_.path() / "project"; }
  void file(const std::string& name, const std::string& text) const {
    directory_.write("project/" + name, text);
  }
  std::string text(const std::string& name) const { return support::read_file(path() / name); }

  support::Ended init(std::vector<std::string> arguments) const {
    std::vector<std::string> command = {GITEA_RELEASE, "init"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return support::Process(command, {}, path(), directory_.path() / "log").wait();
  }

  Names names() const {
    Names found;
    for (const auto& entry : fs::recursive_directory_iterator(path())) {
      if (entry.is_regular_file()) {
        found.insert(entry.path().lexically_relative(path()).string());
      }
    }
    return found;
  }

 private:
  TempDir directory_;
};

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

TEST_CASE("init writes what the kind needs, and nothing else") {
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

TEST_CASE("init writes every byte of the template, and its scripts can be run") {
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

TEST_CASE("init in an empty folder, and once more: what it prints") {
  const Project project;
  support::check_golden("cli/init-docker.txt", project.init({"--kind", "docker"}).output);
  support::check_golden("cli/init-again.txt", project.init({}).output);
}

TEST_CASE("init leaves what is there, and says so; force overwrites it") {
  const Project project;
  project.file("Dockerfile", "FROM scratch\n");
  const auto ended = project.init({"--kind", "docker"});
  CHECK(ended.status == 0);
  CHECK(ended.output.find("Dockerfile: is another one, and stays") != std::string::npos);
  CHECK(project.text("Dockerfile") == "FROM scratch\n");
  CHECK(project.init({"--kind", "docker", "--force"}).status == 0);
  CHECK(project.text("Dockerfile") == support::read_file(examples / "python-app/Dockerfile"));
}

TEST_CASE("init mixes no second application into a project that has one") {
  const Project project;
  project.file("pyproject.toml", "[project]\nname = 'mine'\n");
  const auto ended = project.init({"--kind", "desktop"});
  CHECK(ended.status == 0);
  CHECK(has_all(project.names(), of_packages));
  CHECK_FALSE(has_any(project.names(), {"src/your_app/__init__.py", "uv.lock", "README.md"}));
  CHECK(project.text("pyproject.toml") == "[project]\nname = 'mine'\n");
  CHECK(ended.output.find("uv lock") != std::string::npos);
}

TEST_CASE("init finds the kind by what is there") {
  struct Row {
    std::vector<std::string> files;
    std::string kind;
  };
  const Row row = GENERATE(Row{{}, "desktop-docker"}, Row{{"Dockerfile"}, "docker"},
                           Row{{"pyproject.toml"}, "library"}, Row{{"packaging/x"}, "desktop"},
                           Row{{"Dockerfile", "packaging/x"}, "desktop-docker"},
                           Row{{"Dockerfile", "pyproject.toml"}, "docker"});
  const Project project;
  for (const std::string& name : row.files) project.file(name, "x");
  const auto ended = project.init({"--dry-run"});
  CHECK(ended.output.find("a project of the kind " + row.kind + ",") != std::string::npos);
  CHECK(project.names() == Names(row.files.begin(), row.files.end()));
}

TEST_CASE("init names everything that is in its way at once, and has written nothing then") {
  const Project project;
  project.file("packaging", "a file\n");
  fs::create_directories(project.path() / "Dockerfile");
  const auto ended = project.init({"--kind", "desktop-docker"});
  CHECK(ended.status == 2);
  CHECK(ended.output.find("packaging is not a directory") != std::string::npos);
  CHECK(ended.output.find("Dockerfile is a directory, not a regular file") != std::string::npos);
  CHECK(project.names() == Names{"packaging"});
}

TEST_CASE("init writes through no symbolic link") {
  const Project project;
  const TempDir elsewhere;
  fs::create_directory_symlink(elsewhere.path(), project.path() / "packaging");
  fs::create_symlink(elsewhere.path() / "stolen", project.path() / "Dockerfile");
  CHECK(project.init({"--kind", "desktop-docker"}).status == 2);
  CHECK(fs::is_empty(elsewhere.path()));
}

TEST_CASE("init refuses a kind that it does not know, and names those that it does") {
  const Project project;
  const auto ended = project.init({"--kind", "desktp"});
  CHECK(ended.status == 2);
  CHECK(ended.output.find("docker, desktop, desktop-docker, library") != std::string::npos);
  CHECK(ended.output.find("Did you mean 'desktop'?") != std::string::npos);
  CHECK(project.names().empty());
}
