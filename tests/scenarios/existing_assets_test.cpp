// SPDX-License-Identifier: MIT
// Runs for a release that already has assets.
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

/// A release that another tool or a user created.
Release foreign_release(Server& server, const std::string& tag, bool draft) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target_commitish", "main").add("name", "Their title");
  json.add("body", "Their notes").add("draft", draft);
  return server.create_release(json.text());
}

std::ptrdiff_t count(const std::vector<Logged>& requests, const std::string& method) {
  return std::count_if(requests.begin(), requests.end(),
                       [&](const Logged& one) { return one.method == method; });
}

}  // namespace

TEST_CASE("a second run uploads nothing and writes nothing") {
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

TEST_CASE("a changed file replaces the old one, and can be downloaded at every moment",
          "[profiles]") {
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
      // The server itself may return 500 at the moment when it deletes the old one.
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

TEST_CASE("duplicates left by another tool are removed, but only for the names of this run") {
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
  CHECK(run.log.find("theirs.bin") != std::string::npos);  // only a warning
}

TEST_CASE("overwrite_files: false keeps existing assets") {
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

TEST_CASE("overwrite_files: fail lists all conflicts before any write") {
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

TEST_CASE("overwrite_files: fail does not stop a second run that uploads the same files") {
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

TEST_CASE("remove_other_files deletes assets that this run does not bring") {
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
