// SPDX-License-Identifier: MIT
// `permissions:` of a workflow: servers that know it give the job's token nothing else.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::has;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// A private repository with a tag, and a job that may do what `permissions` says.
struct Case {
  explicit Case(const std::string& permissions) : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v0.9.0");
    server.new_commit();
    server.create_tag("v1.0.0");
    server.edit_repository(R"({"private":true})");
    const std::string token = server.job_token(permissions);
    job.file("a.txt", "a").input("files", "a.txt");
    job.input("token", token).input("job_token", token).input("retries", "1");
    server.forget_requests();
  }

  bool counts() const { return server.profile() >= "gitea-1.26"; }

  /// Where `permissions:` counts, the run fails with these words, and no release exists.
  void fails_with(const std::string& words) {
    const Run run = job.publish();
    INFO(run.log);
    CHECK(run.status == (counts() ? 2 : 0));
    CHECK(has(run.log, words) == counts());
    CHECK(server.has_release("v1.0.0") != counts());
  }

  Server server;
  Workspace job;
};

}  // namespace

TEST_CASE("a job with 'contents: write' publishes", "[profiles]") {
  Case one(R"({"contents":"write"})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").names() == std::vector<std::string>{"a.txt"});
  CHECK(one.job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("a job with 'releases: write' needs to read the code too", "[profiles]") {
  Case(R"({"releases":"write"})").fails_with("permissions: contents: write");
  Case enough(R"({"code":"read","releases":"write"})");
  const Run run = enough.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
}

TEST_CASE("a job with too few permissions is told which one it lacks", "[profiles]") {
  for (const char* permissions : {R"({"contents":"read"})", R"({"packages":"write"})", "{}"}) {
    Case(permissions).fails_with("ive the job 'permissions: contents: write'");
  }
}

TEST_CASE("the doctor finds that a job may not write Releases", "[profiles]") {
  Case one(R"({"contents":"read"})");
  const Run run = one.job.run({"doctor"});
  INFO(run.log);
  CHECK(run.status == (one.counts() ? 2 : 0));
  CHECK(has(run.log, "FAIL  rights:") == one.counts());
}

TEST_CASE("notes from pull requests need 'pull-requests: read'", "[profiles]") {
  Case one(R"({"contents":"write"})");
  one.job.file(".gitea/release.yml", "notes:\n  source: pulls\n");
  const Run refused = one.job.run({"notes", "--tag-name", "v1.0.0"});
  INFO(refused.log);
  CHECK(refused.status == (one.counts() ? 2 : 0));
  CHECK(has(refused.log, "add 'pull-requests: read'") == one.counts());
  const std::string token = one.server.job_token(R"({"contents":"write","pull-requests":"read"})");
  one.job.input("token", token).input("job_token", token);
  const Run run = one.job.run({"notes", "--tag-name", "v1.0.0"});
  INFO(run.log);
  CHECK(run.status == 0);
}
