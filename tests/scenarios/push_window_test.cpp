// SPDX-License-Identifier: MIT
// A server writes the row of a pushed tag some time after the push, and publishes a draft of that
// tag at the same time.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a draft that the server publishes while it is being filled becomes a draft again",
          "[profiles]") {
  Server server;
  server.needs_sandbox();
  if (server.profile() == "forgejo-7") SKIP("Forgejo 7 does not turn a draft public");
  server.push_tag("v1.0.0", 1500);
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "a");
  job.file("b.bin", "b");
  // The uploads take longer than the server's queue: the release would be public and incomplete.
  server.fault(R"({"method":"POST","path":"/assets","kind":"delay","ms":2500,"times":2})");
  const auto process = job.input("files", "*.bin").input("jobs", "1").start();

  bool was_public = false;
  bool hidden_again = false;
  bool public_at_last = false;
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!public_at_last && std::chrono::steady_clock::now() < give_up) {
    if (!server.has_release("v1.0.0")) continue;
    const auto release = server.release("v1.0.0");
    const bool complete = release.assets.size() == 2;
    was_public = was_public || (!release.draft && !complete);
    hidden_again = hidden_again || (was_public && release.draft);
    public_at_last =
        !release.draft && complete && release.body.find("being filled") == std::string::npos;
  }
  const Run run = job.result_of(*process);
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(was_public);  // otherwise this test has tested nothing
  CHECK(hidden_again);
  CHECK(public_at_last);
  CHECK(server.release("v1.0.0").names() == Names{"a.bin", "b.bin"});
}

TEST_CASE("a release of a tag that was just pushed is published once, with its files") {
  Server server;
  server.needs_sandbox();
  for (const int delay : {0, 50, 400}) {
    const std::string tag = "v1.0." + std::to_string(delay);
    server.push_tag(tag, delay);
    Workspace job(server, tag);
    job.file("a.bin", "a");
    const Run run = job.input("files", "a.bin").publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    const auto release = server.release(tag);
    CHECK_FALSE(release.draft);
    CHECK(release.names() == Names{"a.bin"});
  }
}

TEST_CASE("draft: true for a tag that was just pushed ends as a draft", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.push_tag("v1.0.0", 500);
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "a");
  const Run run = job.input("files", "a.bin").input("draft", "true").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const auto release = server.release("v1.0.0");
  CHECK(release.draft);
  CHECK(release.body.find("being filled") == std::string::npos);
}

TEST_CASE("a run whose tag was moved by a later push stops at once") {
  Server server;
  server.needs_sandbox();
  const std::string built = server.commit();
  server.new_commit();
  server.push_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  const Run run = job.variable("GITHUB_SHA", built).publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("was moved") != std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("a tag that is moved during the uploads makes the run delete its uploads", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.push_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "a");
  server.fault(R"({"method":"POST","path":"/assets","kind":"delay","ms":700,"times":1})");
  const auto process = job.variable("GITHUB_SHA", server.commit()).input("files", "a.bin").start();
  while (!server.has_release("v1.0.0")) {
  }
  server.new_commit();
  server.push_tag("v1.0.0");
  const Run run = job.result_of(*process);
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("was moved") != std::string::npos);
  CHECK(server.release("v1.0.0").names().empty());
}

TEST_CASE("while a response is awaited the log says so at least every 10 s") {
  Server server;
  server.needs_sandbox();
  server.push_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.bin", "a");
  server.fault(R"({"method":"POST","path":"/assets","kind":"delay","ms":9800,"times":1})");
  const Run run = job.input("files", "a.bin").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.log.find("uploading a.bin: waiting for the response for ") != std::string::npos);
}

TEST_CASE("a run that takes longer than its timeout ends") {
  Server server;
  server.needs_sandbox();
  server.push_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  server.fault(R"({"method":"GET","path":"/releases/tags","kind":"stall","ms":20000,"times":-1})");
  const auto started = std::chrono::steady_clock::now();
  const Run run = job.input("timeout", "1").publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("the time limit of the whole run is reached") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(8));
}
