// SPDX-License-Identifier: MIT
// Every file in examples/workflows, unchanged, run by act with a sandbox: a user copies it, pushes
// a tag, and gets the release. What a file promises beyond that has its own test case: here, in
// python_workflows_test.cpp or in docker_workflow_test.cpp. A new file is covered by the last test
// case here.
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
#include "support/signer.hpp"
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
                                              "image-only.yml",
                                              "prune.yml",
                                              "download.yml",
                                              "signed.yml",
                                              "draft-to-sign.yml"};

std::vector<std::string> other_examples() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(examples)) {
    const std::string name = entry.path().filename().string();
    if (!told_elsewhere.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("assets-from-matrix.yml: two parallel jobs each add a file to one release") {
  Project project;
  project.push_tag(examples / "assets-from-matrix.yml", "v1.0.0");
  const Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"SHA256SUMS", "app-linux-amd64.tar.gz", "app-linux-arm64.tar.gz"});
}

TEST_CASE("draft-then-publish.yml: the tag's run leaves a draft, a manual run publishes it") {
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

TEST_CASE("prune.yml: of more than five prereleases the oldest are deleted, with their tags") {
  Project project;
  for (int number = 1; number <= 7; ++number) {
    const std::string tag = "v1.0.0-rc." + std::to_string(number);
    project.server.create_tag(tag);
    project.server.create_release(R"({"tag_name":")" + tag + R"(","prerelease":true})");
  }
  project.run(examples / "prune.yml", by_hand("main"));
  CHECK_FALSE(project.server.has_release("v1.0.0-rc.2"));
  CHECK(project.server.tag_commit("v1.0.0-rc.2").empty());
  CHECK(project.server.has_release("v1.0.0-rc.3"));
}

TEST_CASE("forgejo.yml: the same with a short address, since act does not know full ones") {
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

TEST_CASE("download.yml: the highest version of a private repository is downloaded and verified") {
  Project project;
  const std::string token = project.server.token_of("OWNER");
  support::Wire owner(project.server.url(), token);
  const std::string app =
      R"({"name":"app","auto_init":true,"private":true,"default_branch":"main"})";
  REQUIRE(owner.send("POST", "/api/v1/user/repos", app).status == 201);
  const TempDir directory;
  const std::string archive = directory / "app.tar.gz";
  directory.write("app/hello", "1.10.0");
  REQUIRE(std::system(
              ("tar -czf " + archive + " -C " + directory.path().string() + " app").c_str()) == 0);
  const support::Signer signer;
  const auto publish = [&](const std::string& tag, const std::string& content) {
    const auto files = signer.sign({{"app-linux-x64.tar.gz", content}}, tag, "OWNER/app");
    const std::string below = "/api/v1/repos/OWNER/app/releases";
    const auto made =
        owner.send("POST", below, R"({"tag_name":")" + tag + R"(","target_commitish":"main"})");
    REQUIRE(made.status == 201);
    const auto id = std::to_string(support::parse_release(made.json()).id);
    for (const auto& [name, bytes] : files) {
      REQUIRE(owner.upload(below + "/" + id + "/assets?name=" + name, bytes).status == 201);
    }
  };
  publish("v1.10.0", support::read_file(archive));
  publish("v1.9.1", "a back-port, which is no archive");
  project.consumer.secret("READ_TOKEN", token);
  project.consumer.setting("APP_PUBLIC_KEY", signer.public_key());
  project.push_tag(examples / "download.yml", "v7.0.0");
}

TEST_CASE("signed.yml: the release of a pushed tag is signed") {
  Project project;
  const support::Signer signer;
  project.consumer.secret("SIGNING_KEY", signer.secret_key());
  project.push_tag(examples / "signed.yml", "v1.0.0");
  CHECK(project.server.release("v1.0.0").names() ==
        Names{"SHA256SUMS", "SHA256SUMS.minisig", "app-linux-amd64.tar.gz"});
  support::Workspace job(project.server, "v1.0.0");
  CHECK(job.input("public_key", signer.public_key()).run({"verify"}).status == 0);
}

TEST_CASE("draft-to-sign.yml: the run leaves a draft, which the key's owner signs and publishes") {
  Project project;
  const support::Signer signer;
  project.push_tag(examples / "draft-to-sign.yml", "v1.0.0");
  CHECK(project.server.release("v1.0.0").draft);
  CHECK(project.server.release("v1.0.0").names() == Names{"SHA256SUMS", "app-linux-amd64.tar.gz"});
  support::Workspace desk(project.server, "v1.0.0");
  desk.file("dist/app-linux-amd64.tar.gz", "built for linux-amd64\n");
  desk.file("signing.key", signer.secret_key());
  const support::Run signing = desk.run(
      {"sign", "--tag-name", "v1.0.0", "--files", "dist/*", "--signing-key-file", "signing.key"});
  INFO(signing.log);
  CHECK(signing.status == 0);
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  support::Workspace user(project.server, "v1.0.0");
  CHECK(user.input("public_key", signer.public_key()).run({"verify"}).status == 0);
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

TEST_CASE("a workflow only needs uses and with: the token is set by the runner") {
  const std::string text = support::read_file(examples / "minimal.yml");
  CHECK(std::count(text.begin(), text.end(), '\n') <= 14);
  for (const char* word : {"token", "secrets", "env:", "permissions"}) {
    CHECK(text.find(word) == std::string::npos);
  }
}
