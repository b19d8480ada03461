// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Release;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

const char* const mark = "<!-- gitea-release: being filled for commit ";

/// A release as some other tool or person made it.
Release foreign_release(Server& server, const std::string& tag, bool draft) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target_commitish", "main").add("name", "Their title");
  json.add("body", "Their notes").add("draft", draft);
  return server.create_release(json.text());
}

/// What a run that was killed leaves behind.
Release half_filled_draft(Server& server, const std::string& tag, const std::string& commit) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target_commitish", commit).add("name", tag).add("draft", true);
  json.add("body", mark + commit + " -->");
  return server.create_release(json.text());
}

std::ptrdiff_t count(const std::vector<Logged>& requests, const std::string& method) {
  return std::count_if(requests.begin(), requests.end(),
                       [&](const Logged& one) { return one.method == method; });
}

}  // namespace

TEST_CASE("what no input names stays as it is on an existing release") {
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

TEST_CASE("title, notes and flags that inputs name are written to an existing release") {
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

TEST_CASE("a release whose tag was deleted is published again, and its tag made where the run is") {
  Server server;
  server.needs_sandbox();  // nothing but a git push deletes the tag of a release
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

TEST_CASE("draft: true does not hide a published release again") {
  Server server;
  foreign_release(server, "v1.0.0", false);
  Workspace job(server, "v1.0.0");
  const Run run = job.input("draft", "true").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(run.log.find("::warning::") != std::string::npos);
}

TEST_CASE("a draft that a killed run left is finished and published") {
  Server server;
  const Release before = half_filled_draft(server, "v1.0.0", server.commit());
  server.upload(before.id, "a.bin", "half of i");  // of unknown content: sent again
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

TEST_CASE("running again uploads nothing and writes nothing") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "a");
  job.file("b.bin", "");
  job.input("files", "*.bin").input("name", "Title").input("body", "Notes");
  REQUIRE(job.publish().status == 0);
  const Release before = server.release("v1.0.0");
  if (server.is_sandbox()) server.forget_requests();

  const Run again = job.publish();

  INFO(again.log);
  CHECK(again.status == 0);
  if (server.is_sandbox()) {
    const auto requests = server.requests();
    CHECK(requests.size() <= 3);
    CHECK(std::none_of(requests.begin(), requests.end(),
                       [](const Logged& one) { return one.write(); }));
  }
  const Release after = server.release("v1.0.0");
  CHECK(after.body == before.body);
  CHECK(after.asset("a.bin").id == before.asset("a.bin").id);
  CHECK(after.asset("b.bin").id == before.asset("b.bin").id);
  CHECK(again.outputs.at("state") == "unchanged");
  CHECK(again.outputs.at("assets").find("\"kept\"") != std::string::npos);
}

TEST_CASE("a changed file replaces the old one, and its download works at every moment") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("app.bin", std::string(200'000, 'o'));
  job.file("same.bin", "unchanged");
  job.input("files", "*.bin");
  REQUIRE(job.publish().status == 0);
  const Release before = server.release("v1.0.0");
  job.file("app.bin", std::string(200'000, 'n'));
  if (server.is_sandbox()) server.forget_requests();

  std::atomic<bool> stop = false;
  int reads = 0;
  int missing = 0;
  std::thread reader([&] {
    const auto wire = server.connect();
    while (!stop || reads < 20) {
      const auto answer = wire->get(server.web_url("v1.0.0", "app.bin"));
      ++reads;
      // The server itself may answer 500 in the moment in which it deletes the old one.
      if (answer.status != 200 && answer.status != 500) ++missing;
    }
  });
  const Run run = job.publish();
  stop = true;
  reader.join();

  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(missing == 0);
  if (server.is_sandbox()) {
    const auto requests = server.requests();
    CHECK(count(requests, "POST") == 1);
    CHECK(count(requests, "DELETE") == 1);
  }
  const Release after = server.release("v1.0.0");
  CHECK(after.names() == Names{"app.bin", "same.bin"});
  CHECK(after.asset("same.bin").id == before.asset("same.bin").id);
  CHECK(after.asset("app.bin").id != before.asset("app.bin").id);
  CHECK(server.download("v1.0.0", "app.bin").body == std::string(200'000, 'n'));
  CHECK(run.outputs.at("assets").find("\"replaced\"") != std::string::npos);
}

TEST_CASE("duplicates that another tool left are cleaned up for the names of this run only") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  for (const char* content : {"one", "two", "three"}) server.upload(before.id, "app.bin", content);
  for (const char* content : {"x", "y"}) server.upload(before.id, "theirs.bin", content);
  Workspace job(server, "v1.0.0");
  job.file("app.bin", "ours");
  const Run run = job.input("files", "app.bin").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == Names{"app.bin", "theirs.bin", "theirs.bin"});
  CHECK(server.download("v1.0.0", "app.bin").body == "ours");
  CHECK(run.log.find("theirs.bin") != std::string::npos);  // a warning only
}

TEST_CASE("overwrite_files: false keeps what is there") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  server.upload(before.id, "a.bin", "theirs");
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "ours");
  job.file("b.bin", "ours");
  const Run run = job.input("files", "*.bin").input("overwrite_files", "false").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.download("v1.0.0", "a.bin").body == "theirs");
  CHECK(server.download("v1.0.0", "b.bin").body == "ours");
}

TEST_CASE("overwrite_files: fail names all clashes before any write") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  server.upload(before.id, "a.bin", "theirs");
  server.upload(before.id, "b.bin", "theirs");
  Workspace job(server, "v1.0.0");
  for (const char* name : {"a.bin", "b.bin", "c.bin"}) job.file(name, "ours");
  const Run run = job.input("files", "*.bin").input("overwrite_files", "fail").publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("a.bin, b.bin") != std::string::npos);
  CHECK(server.release("v1.0.0").names() == Names{"a.bin", "b.bin"});
}

TEST_CASE("overwrite_files: fail lets a run go on that was here before") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "ours");
  job.input("files", "*.bin").input("overwrite_files", "fail");
  REQUIRE(job.publish().status == 0);
  const Run again = job.publish();
  INFO(again.log);
  CHECK(again.status == 0);
  CHECK(again.outputs.at("state") == "unchanged");
}

TEST_CASE("remove_other_files deletes what this run does not bring") {
  Server server;
  const Release before = foreign_release(server, "v1.0.0", false);
  server.upload(before.id, "old.bin", "old");
  Workspace job(server, "v1.0.0");
  job.file("new.bin", "new");
  const Run run = job.input("files", "*.bin").input("remove_other_files", "true").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == Names{"new.bin"});
}

TEST_CASE("if_exists: skip leaves a published release alone and fills the outputs") {
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

TEST_CASE("a run that was killed while it uploaded is completed by running it again") {
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
