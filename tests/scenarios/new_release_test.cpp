// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/text/json.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

TEST_CASE("a new release gets its files and is published with N + 7 requests") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("dist/app.tgz", "the program");
  job.file("dist/app.zip", "the same for others");
  job.input("files", "dist/*").input("body", "What is new:\n\n- everything");
  if (server.is_sandbox()) server.forget_requests();

  const Run run = job.publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  if (server.is_sandbox()) CHECK(server.requests().size() <= 2 + 7);
  const auto release = server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.name == "v1.0.0");
  CHECK(release.body.starts_with("What is new:\n\n- everything\n"));
  CHECK(release.body.find("being filled") == std::string::npos);
  CHECK(release.names() == std::vector<std::string>{"app.tgz", "app.zip"});
  CHECK(server.download("v1.0.0", "app.tgz").body == "the program");
  CHECK(server.download("v1.0.0", "app.zip").body == "the same for others");
}

TEST_CASE("the outputs describe the whole release", "[profiles]") {
  Server server;
  Workspace job(server, "v1.2.0-rc.1");
  job.file("a.txt", "a\n");
  job.input("files", "a.txt").input("name", "The title").input("body", "line 1\n\nline 3");

  const Run run = job.on_branch().publish({"--tag-name", "v1.2.0-rc.1"});

  INFO(run.log);
  REQUIRE(run.status == 0);
  const auto release = server.release("v1.2.0-rc.1");
  auto outputs = run.outputs;
  CHECK(outputs["id"] == std::to_string(release.id));
  CHECK(outputs["release_id"] == outputs["id"]);
  CHECK(outputs["tag_name"] == "v1.2.0-rc.1");
  CHECK(outputs["name"] == "The title");
  CHECK(outputs["html_url"].ends_with("/releases/tag/v1.2.0-rc.1"));
  CHECK(outputs["url"].ends_with("/releases/" + outputs["id"]));
  CHECK(outputs["upload_url"] == outputs["url"] + "/assets");
  CHECK(outputs["draft"] == "false");
  CHECK(outputs["prerelease"] == "true");
  CHECK(outputs["state"] == "created");
  CHECK(outputs["version"] == "1.2.0-rc.1");
  CHECK(outputs["body"] == "line 1\n\nline 3");
  const auto assets = core::Json::parse(outputs["assets"]).elements();
  REQUIRE(assets.size() == 1);
  CHECK(assets[0].string("name") == "a.txt");
  CHECK(assets[0].number("size") == 2);
  CHECK(assets[0].number("id") == release.assets[0].id);
  CHECK(assets[0].string("url").ends_with("/releases/download/v1.2.0-rc.1/a.txt"));
  CHECK(assets[0].string("sha256") ==
        "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7");
  CHECK(assets[0].string("action") == "uploaded");
  CHECK(run.summary.find("| [a.txt](") != std::string::npos);
  CHECK(run.log.find(outputs["html_url"]) != std::string::npos);
}

TEST_CASE("a tag that does not exist is created at the run's commit on publication", "[profiles]") {
  Server server;
  const std::string first = server.commit();
  server.new_commit();
  Workspace job(server, "v1.0.0");
  job.on_branch().variable("GITHUB_SHA", first).input("tag_name", "v1.0.0");

  const Run run = job.publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.tag_commit("v1.0.0") == first);
  CHECK_FALSE(server.release("v1.0.0").draft);
}

TEST_CASE("target_commitish names the branch at which a new tag is created", "[profiles]") {
  Server server;
  const std::string head = server.new_commit();
  Workspace job(server, "v1.0.0");
  job.on_branch().input("tag_name", "v1.0.0").input("target_commitish", "main");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.tag_commit("v1.0.0") == head);
}

TEST_CASE("tag_message makes a new tag an annotated one", "[profiles]") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.on_branch().variable("GITHUB_SHA", server.commit());
  job.input("tag_name", "v1.0.0").input("tag_message", "The first one");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.tag_message("v1.0.0").starts_with("The first one"));
  CHECK(server.tag_commit("v1.0.0") == server.commit());
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(run.outputs.at("body") == "The first one");
  CHECK(job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("an annotated tag that was pushed is used unchanged") {
  Server server;
  server.create_tag("v1.0.0", "annotated");
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SHA", server.commit());
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.tag_message("v1.0.0").starts_with("annotated"));
  CHECK_FALSE(server.release("v1.0.0").draft);
}

TEST_CASE("the message of an annotated tag becomes the notes if nothing else gives them") {
  Server server;
  server.create_tag("v1.0.0", "What is new\n\n- everything");
  server.create_tag("v1.1.0", "v1.1.0");
  server.create_tag("v1.2.0");
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SHA", server.commit());
  CHECK(job.publish().outputs.at("body") == "What is new\n\n- everything");
  CHECK(job.publish().outputs.at("state") == "unchanged");
  CHECK(job.publish({"--body", "From an input"}).outputs.at("body") == "From an input");
  CHECK(job.publish().outputs.at("body") == "From an input");
  for (const char* tag : {"v1.1.0", "v1.2.0"}) {
    Workspace other(server, tag);
    other.variable("GITHUB_SHA", server.commit());
    CHECK(other.publish().outputs.at("body").empty());
  }
}

TEST_CASE("the version decides whether a release is a prerelease, and an input overrides it",
          "[profiles]") {
  Server server;
  for (const auto& [tag, input, expected] : {std::tuple{"v1.0.0", "", false},
                                             {"v1.1.0-beta.2", "", true},
                                             {"1.2.0rc1", "", true},
                                             {"v1.3.0-beta", "false", false},
                                             {"v1.4.0", "true", true}}) {
    Workspace job(server, tag);
    job.on_branch().input("tag_name", tag).input("prerelease", input);
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    CHECK(server.release(tag).prerelease == expected);
  }
}

TEST_CASE("RELEASE_NOTES.md is used without being named", "[profiles]") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.on_branch().input("tag_name", "v1.0.0");
  job.file("RELEASE_NOTES.md", "# Found\r\n\r\nby itself\r\n");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(run.outputs.at("body") == "# Found\n\nby itself");
}

TEST_CASE("with draft: true a release stays a draft, without the mark") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  job.on_branch().input("tag_name", "v1.0.0").input("draft", "true").input("files", "a.txt");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const auto release = server.release("v1.0.0");
  CHECK(release.draft);
  CHECK(release.body.find("being filled") == std::string::npos);
  CHECK(release.names() == std::vector<std::string>{"a.txt"});
  CHECK(server.tag_commit("v1.0.0").empty());
  CHECK(run.outputs.at("draft") == "true");
}

TEST_CASE("with upload_before_publish: false the release is public before the uploads",
          "[profiles]") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  job.on_branch().input("tag_name", "v1.0.0").input("files", "a.txt");
  job.input("upload_before_publish", "false");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == std::vector<std::string>{"a.txt"});
  CHECK(run.log.find("Created the release v1.0.0") != std::string::npos);
}

TEST_CASE("a dry run prints the plan and sends no write") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  job.on_branch().input("tag_name", "v1.0.0").input("files", "a.txt");
  const Run run = job.publish({"--dry-run"});
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK_FALSE(server.has_release("v1.0.0"));
  CHECK(run.log.find("create the draft release v1.0.0") != std::string::npos);
  CHECK(run.log.find("upload a.txt (1 B)") != std::string::npos);
  CHECK(run.log.find("published") != std::string::npos);
}
