// SPDX-License-Identifier: MIT
// Every file of examples/workflows, unchanged, run by act against a sandbox: a user copies it, pushes
// a tag, and there is the release. What a file promises beyond that has a test case of its own: here,
// in python_workflows_test.cpp or in docker_workflow_test.cpp. A new file is taken by the last one here.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "runner/project.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using runner_tests::by_hand;
using runner_tests::examples;
using runner_tests::Project;
using runner_tests::push_of;
using support::Release;
using support::Server;

const std::set<std::string> told_elsewhere = {"assets-from-matrix.yml",
                                              "draft-then-publish.yml",
                                              "other-repository.yml",
                                              "prerelease.yml",
                                              "forgejo.yml",
                                              "test.yml",
                                              "release.yml",
                                              "library.yml",
                                              "docker.yml",
                                              "image-only.yml"};

std::vector<std::string> other_examples() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(examples)) {
    const std::string name = entry.path().filename().string();
    if (!told_elsewhere.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("assets-from-matrix.yml: two jobs at once bring a file each to one release") {
  Project project;
  project.push_tag(examples / "assets-from-matrix.yml", "v1.0.0");
  const Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"SHA256SUMS", "app-linux-amd64.tar.gz", "app-linux-arm64.tar.gz"});
}

TEST_CASE("draft-then-publish.yml: the tag's run leaves a draft, a run by hand publishes it") {
  Project project;
  const fs::path workflow = examples / "draft-then-publish.yml";
  project.push_tag(workflow, "v1.0.0");
  CHECK(project.server.release("v1.0.0").draft);
  project.run(workflow, by_hand("v1.0.0"));
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  CHECK(project.server.download("v1.0.0", "app-linux-amd64.tar.gz").body ==
        "built for linux-amd64\n");
}

TEST_CASE("other-repository.yml: the release appears in the other repository only") {
  Project project;
  const std::string token = project.server.token_of("OWNER");
  support::Wire owner(project.server.url(), token);
  const std::string downloads = R"({"name":"app-downloads","auto_init":true})";
  REQUIRE(owner.send("POST", "/api/v1/user/repos", downloads).status == 201);
  project.consumer.secret("DEPLOY_TOKEN", token);
  project.push_tag(examples / "other-repository.yml", "v1.0.0");
  const auto answer = owner.get("/api/v1/repos/OWNER/app-downloads/releases/tags/v1.0.0");
  REQUIRE(answer.status == 200);
  CHECK(support::parse_release(answer.json()).names() == Names{"app-linux-amd64.tar.gz"});
  CHECK_FALSE(project.server.has_release("v1.0.0"));
}

TEST_CASE("prerelease.yml: the version in a tag decides whether it is a prerelease") {
  Project project;
  project.push_tag(examples / "prerelease.yml", "v1.2.0-rc.1");
  CHECK(project.server.release("v1.2.0-rc.1").prerelease);
  project.push_tag(examples / "prerelease.yml", "v1.2.0");
  CHECK_FALSE(project.server.release("v1.2.0").prerelease);
  CHECK_FALSE(project.server.has_release("nightly"));
}

TEST_CASE("prerelease.yml: each push to main renews the nightly release, and moves its tag") {
  Project project;
  Server& server = project.server;
  project.consumer.push_to(server);
  const std::string first = server.commit();
  project.run(examples / "prerelease.yml", push_of("refs/heads/main", first));
  const Release before = server.release("nightly");
  CHECK(before.prerelease);
  CHECK_FALSE(before.draft);
  CHECK(server.tag_commit("nightly") == first);
  server.upload(before.id, "yesterday.txt", "old");

  project.consumer.commit();
  const std::string second = server.new_commit();
  project.run(examples / "prerelease.yml", push_of("refs/heads/main", second));
  const Release after = server.release("nightly");
  CHECK(after.id == before.id);
  CHECK(after.prerelease);
  CHECK_FALSE(after.draft);
  CHECK(after.names() == Names{"app-linux-amd64.tar.gz"});
  CHECK(server.tag_commit("nightly") == second);
}

TEST_CASE("forgejo.yml: the same as in short, since act knows no full addresses of actions") {
  const std::string text = support::read_file(examples / "forgejo.yml");
  const std::string full = "uses: https://git.example.org/OWNER/";
  REQUIRE(text.find(full) != std::string::npos);
  const TempDir directory;
  const std::string workflow =
      directory.write("forgejo.yml", support::replaced(text, full, "uses: OWNER/"));
  Project project;
  project.push_tag(workflow, "v1.0.0");
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  CHECK(project.server.release("v1.0.0").names() == Names{"app-linux-amd64.tar.gz"});
}

TEST_CASE("image-only.yml: the release has notes and no files") {
  Project project;
  project.consumer.file("RELEASE_NOTES.md", "Everything is new.\n");
  project.push_tag(examples / "image-only.yml", "v1.0.0");
  const Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.assets.empty());
  CHECK(release.body.starts_with("Everything is new."));
}

TEST_CASE("every other example publishes a release with files when a tag is pushed") {
  const auto name = GENERATE(from_range(other_examples()));
  INFO("examples/workflows/" << name << ": what differs belongs into a test case of its own above");
  Project project;
  project.push_tag(examples / name, "v1.0.0");
  const Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK_FALSE(release.assets.empty());
}

TEST_CASE("a workflow needs nothing but uses and with: the token comes by itself") {
  const std::string text = support::read_file(examples / "minimal.yml");
  CHECK(std::count(text.begin(), text.end(), '\n') <= 14);
  for (const char* word : {"token", "secrets", "env:", "permissions"}) {
    CHECK(text.find(word) == std::string::npos);
  }
}
