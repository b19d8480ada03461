// SPDX-License-Identifier: MIT
// Unusual locations and events: servers below a sub-path, repositories that moved, events that
// start a job.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a server below a sub-path is found through the runner's address") {
  Server server("/git");
  server.needs_sandbox();
  server.create_tag("app/v1.0.0");
  Workspace job(server, "app/v1.0.0");
  job.file("a.txt", "a");
  const Run run = job.input("files", "a.txt").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("app/v1.0.0").names() == Names{"a.txt"});
  CHECK(run.log.find(" on " + server.url() + "\n") != std::string::npos);
  CHECK(run.outputs.at("html_url").find("/git/") != std::string::npos);
  CHECK(server.download("app/v1.0.0", "a.txt").body == "a");
}

TEST_CASE("server_url names a server, with or without a trailing slash") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", "http://127.0.0.1:1").variable("GITHUB_API_URL", "");
  const Run run = job.input("server_url", server.url() + "/").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
}

TEST_CASE("a renamed repository is followed once, with a warning", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  server.rename_repository("renamed");
  const Run run = job.input("files", "a.txt").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == Names{"a.txt"});
  CHECK(run.log.find("has moved to " + server.repository()) != std::string::npos);
  const auto requests = server.requests();
  CHECK(std::none_of(requests.begin(), requests.end(),
                     [](const Logged& one) { return one.write() && one.status >= 300; }));
}

TEST_CASE("a run on a release event uses its tag, and does not edit only to write the record") {
  // The second is sent by a reusable workflow of Forgejo 17, whatever called it.
  const std::string event = GENERATE("release", "workflow_call");
  INFO(event);
  Server server;
  server.create_release(R"({"tag_name":"v1.0.0","target_commitish":"main","name":"T"})");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  job.file("event.json", R"({"action":"published","release":{"tag_name":"v1.0.0"}})");
  job.on_branch().variable("GITHUB_EVENT_NAME", event);
  job.variable("GITHUB_EVENT_PATH", (job.path() / "event.json").string());
  if (server.is_sandbox()) server.forget_requests();
  const Run run = job.input("files", "a.txt").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == Names{"a.txt"});
  CHECK(server.release("v1.0.0").body.empty());
  if (!server.is_sandbox()) return;
  for (const Logged& one : server.requests()) CHECK(one.method != "PATCH");
}

TEST_CASE("a run at another commit than the tag's gets a warning") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.on_branch().variable("GITHUB_SHA", server.new_commit()).input("tag_name", "v1.0.0");
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.log.find("::warning::the tag v1.0.0 points to commit ") != std::string::npos);
}
