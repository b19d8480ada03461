// SPDX-License-Identifier: MIT
// Runs for a release or a draft that already exists.
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Release;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

const char* const mark = "<!-- gitea-release: being filled for commit ";

/// A release that another tool or a user created.
Release foreign_release(Server& server, const std::string& tag, bool draft) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target_commitish", "main").add("name", "Their title");
  json.add("body", "Their notes").add("draft", draft);
  return server.create_release(json.text());
}

/// The release that a killed run leaves behind.
Release half_filled_draft(Server& server, const std::string& tag, const std::string& commit) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target_commitish", commit).add("name", tag).add("draft", true);
  json.add("body", mark + commit + " -->");
  return server.create_release(json.text());
}

}  // namespace

TEST_CASE("fields of an existing release that no input sets stay unchanged") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  server.upload(before.id, "theirs.bin", "theirs");
  Workspace job(server, "v1.0.0");
  job.file("ours.bin", "ours");
  job.file("RELEASE_NOTES.md", "not for notes that somebody wrote");
  const Run run = job.input("files", "ours.bin").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release after = server.release("v1.0.0");
  CHECK(after.id == before.id);
  CHECK(after.name == "Their title");
  CHECK(after.body.starts_with("Their notes\n"));
  CHECK_FALSE(after.prerelease);
  CHECK(after.names() == Names{"ours.bin", "theirs.bin"});
  CHECK(run.outputs.at("state") == "updated");
}

TEST_CASE("title, notes and flags from inputs are written to an existing release") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  job.input("name", "Our title").input("body", "Our notes").input("prerelease", "true");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release after = server.release("v1.0.0");
  CHECK(after.name == "Our title");
  CHECK(after.body == "Our notes");
  CHECK(after.prerelease);
}

TEST_CASE("append_body adds the text once, however often the job runs") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  job.input("body", "## Checksums\n\nabc").input("append_body", "true");
  for (int i = 0; i < 2; ++i) {
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    CHECK(server.release("v1.0.0").body == "Their notes\n\n## Checksums\n\nabc");
    CHECK(run.outputs.at("state") == (i == 0 ? "updated" : "unchanged"));
  }
}

TEST_CASE("prepend_body adds the text once, above the notes that are there") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  job.input("body", "**Read this first.**").input("prepend_body", "true");
  for (int i = 0; i < 2; ++i) {
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    CHECK(server.release("v1.0.0").body == "**Read this first.**\n\nTheir notes");
    CHECK(run.outputs.at("state") == (i == 0 ? "updated" : "unchanged"));
  }
  const Run both = job.input("append_body", "true").publish();
  CHECK(both.status == 2);
  CHECK(both.log.find("append_body and prepend_body contradict each other") != std::string::npos);
}

TEST_CASE("a user's own draft is filled and stays a draft, with a warning") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", true);
  server.upload(before.id, "theirs.bin", "theirs");
  Workspace job(server, "v1.0.0");
  job.file("ours.bin", "ours");
  job.input("files", "ours.bin");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release after = server.release("v1.0.0");
  CHECK(after.draft);
  CHECK(after.id == before.id);
  CHECK(after.name == "Their title");
  CHECK(after.names() == Names{"ours.bin", "theirs.bin"});
  CHECK(run.log.find("::warning::") != std::string::npos);
  CHECK(run.log.find("draft: false") != std::string::npos);

  const Run published = job.input("draft", "false").publish();
  INFO(published.log);
  REQUIRE(published.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").names() == Names{"ours.bin", "theirs.bin"});
}

TEST_CASE("a release whose tag was deleted is published again, with a tag at the run's commit") {
  Server server;
  server.needs_sandbox();  // only a git push deletes the tag of a release
  server.create_tag("v1.0.0");
  server.create_release(R"({"tag_name":"v1.0.0","name":"Their title"})");
  server.push_deletion("refs/tags/v1.0.0");
  REQUIRE(server.release("v1.0.0").draft);
  REQUIRE(server.release("v1.0.0").target.empty());

  const std::string commit = server.new_commit();
  Workspace job(server, "v1.0.0");
  job.on_branch().variable("GITHUB_SHA", commit).input("tag_name", "v1.0.0");
  const Run run = job.input("draft", "false").publish();

  INFO(run.log);
  CHECK(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.tag_commit("v1.0.0") == commit);
}

TEST_CASE("draft: true does not hide a published release") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  const Run run = job.input("draft", "true").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(run.log.find("::warning::") != std::string::npos);
}

TEST_CASE("a draft that a killed run left behind is completed and published") {
  Server server;
  const Release before = half_filled_draft(server, "v1.0.0", server.commit());
  server.upload(before.id, "a.bin", "half of i");  // with unknown content: uploaded again
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "the whole of it");
  job.file("b.bin", "b");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.0.0");
  const Run run = job.input("files", "*.bin").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release after = server.release("v1.0.0");
  CHECK(after.id == before.id);
  CHECK_FALSE(after.draft);
  CHECK(after.body.find("being filled") == std::string::npos);
  CHECK(after.names() == Names{"a.bin", "b.bin"});
  CHECK(server.download("v1.0.0", "a.bin").body == "the whole of it");
}

TEST_CASE("a draft that was begun for another commit is started over") {
  Server server;
  const std::string old_commit = server.commit();
  const Release before = half_filled_draft(server, "v1.0.0", old_commit);
  server.upload(before.id, "old.bin", "of the old commit");
  const std::string commit = server.new_commit();
  Workspace job(server, "v1.0.0");
  job.file("new.bin", "new");
  job.on_branch().variable("GITHUB_SHA", commit).input("tag_name", "v1.0.0");
  const Run run = job.input("files", "*.bin").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release after = server.release("v1.0.0");
  CHECK_FALSE(after.draft);
  CHECK(after.names() == Names{"new.bin"});
  CHECK(run.log.find("started over") != std::string::npos);
}

TEST_CASE("if_exists: skip does not change a published release and fills the outputs") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "ours");
  const Run run = job.input("files", "*.bin").input("if_exists", "skip").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(server.release("v1.0.0").names().empty());
  CHECK(run.outputs.at("state") == "skipped");
  CHECK(run.outputs.at("id") == std::to_string(before.id));
}

TEST_CASE("if_exists: fail stops at a published release") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "ours");
  const Run run = job.input("files", "*.bin").input("if_exists", "fail").publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(server.release("v1.0.0").names().empty());
  CHECK(run.outputs.at("id") != "");
}

TEST_CASE("a run that was killed during an upload is completed by running it again", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  for (int i = 0; i < 12; ++i) {
    job.file("dist/part-" + std::to_string(i) + ".bin",
             std::string(3'000'000, static_cast<char>('a' + i)));
  }
  job.input("files", "dist/*").input("jobs", "1");
  const auto process = job.start();
  while (!server.has_release("v1.0.0") || server.release("v1.0.0").assets.size() < 2) {
  }
  process->kill(9);
  CHECK(job.result_of(*process).status == 128 + 9);
  const Release half = server.release("v1.0.0");
  CHECK(half.draft);
  CHECK(half.assets.size() < 12);

  const Run again = job.publish();
  INFO(again.log);
  REQUIRE(again.status == 0);
  const Release whole = server.release("v1.0.0");
  CHECK_FALSE(whole.draft);
  CHECK(whole.id == half.id);
  CHECK(whole.assets.size() == 12);
  CHECK(server.download("v1.0.0", "part-7.bin").body == std::string(3'000'000, 'h'));
}
