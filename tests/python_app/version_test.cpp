// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "python_app/project.hpp"

using python_app::environment;
using python_app::Project;

namespace {

std::string version_of(const Project& project, const std::vector<std::string>& arguments = {},
                       const python_app::Variables& more = {}) {
  const auto ended = project.packaging("version.sh", arguments, environment(more));
  INFO(ended.output);
  CHECK(ended.status == 0);
  return ended.output;
}

}  // namespace

TEST_CASE("a version is given as the tag has it and as Python has it") {
  const Project project;
  CHECK(version_of(project, {"v1.2.0"}) == "TAG=v1.2.0\nVERSION=1.2.0\n");
  CHECK(version_of(project, {"1.2.0"}) == "TAG=v1.2.0\nVERSION=1.2.0\n");
  CHECK(version_of(project, {"v0.3.0-alpha.1"}) == "TAG=v0.3.0-alpha.1\nVERSION=0.3.0a1\n");
  CHECK(version_of(project, {"v2.0.0-rc.10"}) == "TAG=v2.0.0-rc.10\nVERSION=2.0.0rc10\n");
  CHECK(version_of(project, {"app/v1.0.0"}) == "TAG=v1.0.0\nVERSION=1.0.0\n");
}

TEST_CASE("an argument wins over the tag of the commit, and that over the run's") {
  const Project project;
  project.tag("v1.1.0");
  const python_app::Variables run = {{"GITHUB_REF", "refs/tags/v1.0.9"}};
  CHECK(version_of(project, {"v1.2.0"}, run) == "TAG=v1.2.0\nVERSION=1.2.0\n");
  CHECK(version_of(project, {}, run) == "TAG=v1.1.0\nVERSION=1.1.0\n");
  CHECK(version_of(Project(), {}, run) == "TAG=v1.0.9\nVERSION=1.0.9\n");
}

// Row "3, GITHUB_REF_NAME as fallback": on a branch build it is "master".
TEST_CASE("a run of a branch has the version of pyproject.toml, not the branch's name") {
  const python_app::Variables run = {{"GITHUB_REF", "refs/heads/master"},
                                     {"GITHUB_REF_NAME", "master"},
                                     {"GITEA_REF_NAME", "master"}};
  CHECK(version_of(Project(), {}, run) == "TAG=v0.1.0.dev0\nVERSION=0.1.0.dev0\n");
}

// Row "3/10.4, grep ^version": another table's version is no answer.
TEST_CASE("the version of another table of pyproject.toml is never taken") {
  const Project project;
  project.append("pyproject.toml", "\n[tool.demo]\nversion = \"7.7.7\"\n");
  CHECK(version_of(project) == "TAG=v0.1.0.dev0\nVERSION=0.1.0.dev0\n");

  project.replace("pyproject.toml", "version = \"0.1.0.dev0\"", "dynamic = [\"version\"]");
  const auto ended = project.packaging("version.sh", {});
  INFO(ended.output);
  CHECK(ended.status != 0);
  CHECK(ended.output.find("7.7.7") == std::string::npos);
}

TEST_CASE("what is no version is refused, with an example of one") {
  const Project project;
  for (const char* wrong : {"latest", "v", "nightly", "1.2.0 && true", "v1.2.0-"}) {
    const auto ended = project.packaging("version.sh", {wrong});
    INFO(wrong << ": " << ended.output);
    CHECK(ended.status == 1);
    CHECK(ended.output.find("tags look like v1.2.0 or v1.2.0-rc.1") != std::string::npos);
  }
  const auto ended = project.packaging("version.sh", {"v1.2.0-nightly.3"});
  CHECK(ended.status == 1);
  CHECK(ended.output.find("Python has no form of '1.2.0-nightly.3'") != std::string::npos);
}
