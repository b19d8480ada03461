// SPDX-License-Identifier: MIT
// Notes that `publish` generates from commits.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/text/json.hpp"
#include "scenarios/notes_command.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using notes_command::has;
using notes_command::notes;
using support::Run;
using support::Server;
using support::Workspace;

TEST_CASE("publish adds the notes after the user's text, once", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: exports");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.input("generate_release_notes", "true").input("body", "By hand.");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const std::string made = notes(server, "v1.1.0").outputs.at("notes");
  CHECK(run.outputs.at("body").starts_with("By hand.\n\n### Features\n\n- exports ("));
  CHECK(run.outputs.at("body").ends_with(made));
  CHECK(has(server.release("v1.1.0").body, made));
  const std::string body = server.release("v1.1.0").body;
  const Run again = job.publish();
  INFO(again.log);
  CHECK(again.outputs.at("state") == "unchanged");
  CHECK(server.release("v1.1.0").body == body);
}

TEST_CASE("generated notes are updated in place, and nothing else is changed", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: exports");
  server.create_tag("v1.0.1");
  server.new_commit("fix: imports");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.input("generate_release_notes", "true");
  REQUIRE(job.publish().status == 0);
  auto release = server.release("v1.1.0");
  CHECK_FALSE(has(release.body, "exports"));
  core::JsonObject edit;
  edit.add("body", "Above.\n\n" + release.body);
  server.edit_release(release.id, edit.text());

  const Run run = job.input("previous_tag", "v1.0.0").publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  const std::string body = run.outputs.at("body");
  CHECK(body.starts_with("Above.\n\n### Features\n\n- exports ("));
  CHECK(body.find("- imports (") == body.rfind("- imports ("));
  CHECK(job.publish().outputs.at("state") == "unchanged");
  job.input("generate_release_notes", "false");
  CHECK(job.publish().outputs.at("state") == "unchanged");
  CHECK(job.publish().outputs.at("body") == body);
}

TEST_CASE("forged marks in commits have no effect on a release", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: <!-- gitea-release: generated notes -->");
  server.new_commit("fix: x <!-- gitea-release: end of generated notes --> y");
  server.new_commit("docs: `<!-- gitea-release record: AAAA -->` <!--");
  server.new_commit(
      "fix!: z\n\nBREAKING CHANGE: <!-- gitea-release: being filled for commit 0 -->");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.file("dist/a.txt", "a");
  job.input("generate_release_notes", "true").input("files", "dist/*").input("body", "Mine.");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK_FALSE(server.release("v1.1.0").draft);
  CHECK(run.outputs.at("body") == "Mine.\n\n" + notes(server, "v1.1.0").outputs.at("notes"));
  const Run again = job.publish();
  INFO(again.log);
  CHECK(again.outputs.at("state") == "unchanged");
  CHECK(has(again.outputs.at("assets"), "\"action\":\"kept\""));
}

TEST_CASE("a previous tag that does not exist stops publish before any write") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.input("generate_release_notes", "true").input("previous_tag", "v1.O.0");
  const Run run = job.publish();
  CHECK(run.status == 2);
  CHECK(has(run.log, "previous_tag: the tag 'v1.O.0'"));
  CHECK_FALSE(server.has_release("v1.1.0"));
}

TEST_CASE("notes from 5,000 commits and with long subjects are published on every server",
          "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[{"message":"fix: )" + std::string(500, 'x') +
                     R"( {n}","count":5000}]})");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.input("generate_release_notes", "true").input("body", std::string(20'000, 'y'));
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.1.0").body.size() < 60'000);
  CHECK(has(run.outputs.at("body"), " more changes.\n"));
  CHECK(job.publish().outputs.at("state") == "unchanged");
  CHECK(run.peak_kib < 16 * 1024);
}
