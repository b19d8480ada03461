// SPDX-License-Identifier: MIT
// Old releases are deleted: those that were printed before, and no others.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// A repository with a stable release and four release candidates.
struct Job {
  Job() : workspace(server, "v2.0.0-rc.1") {
    for (const char* tag : {"v1.0.0-rc.1", "v1.0.0-rc.2", "v1.0.0-rc.10", "v1.0.0-rc.9"}) {
      server.create_tag(tag);
      server.create_release(R"({"tag_name":")" + std::string(tag) + R"(","prerelease":true})");
    }
    server.create_tag("v0.9.0");
    server.create_release(R"({"tag_name":"v0.9.0"})");
  }

  Run prune(const std::vector<std::string>& options, int status = 0) {
    std::vector<std::string> arguments = {"prune"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    Run run = workspace.run(arguments);
    INFO(run.log);
    CHECK(run.status == status);
    return run;
  }

  Server server;
  Workspace workspace;
};

bool has(const Run& run, const std::string& part) {
  return run.log.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("prune prints what it would delete and deletes nothing by default") {
  Job job;
  const Run run = job.prune({"--keep", "2"});
  CHECK(has(run, "dry run"));
  CHECK(has(run, "Would delete the prerelease v1.0.0-rc.1\n"));
  CHECK(has(run, "Would delete the prerelease v1.0.0-rc.2\n"));
  CHECK(has(run, "Keep the prerelease v1.0.0-rc.10: one of the newest 2"));
  CHECK(has(run, "Set 'dry_run: false' to delete these releases."));
  CHECK(run.outputs.at("deleted").empty());
  CHECK(job.server.has_release("v1.0.0-rc.1"));
}

TEST_CASE("drafts that the token may not see are not counted, and the log says who sees them",
          "[profiles]") {
  Job job;
  job.server.needs_sandbox();
  for (const char* tag : {"v3.0.0", "v3.0.1"}) {
    job.server.create_release(R"({"tag_name":")" + std::string(tag) + R"(","draft":true})");
  }
  const std::vector<std::string> options = {"--kind", "draft", "--keep", "1"};
  CHECK(has(job.prune(options), "Would delete the draft v3.0.0"));
  job.server.add_collaborator("reader", "read");
  job.workspace.input("token", job.server.token_of("reader"));
  const Run run = job.prune(options);
  CHECK(has(run, "would delete 0 of 5 releases"));
  CHECK(has(run, "drafts only to a token that may write Releases"));
  // From Gitea 1.26 on the token itself needs the scope, even if its user may write.
  const std::string owner = job.server.repository().substr(0, job.server.repository().find('/'));
  job.workspace.input("token", job.server.token_of(owner, R"(["read:repository"])"));
  const bool hides = job.server.profile() >= "gitea-1.26";
  CHECK(has(job.prune(options), "Would delete the draft v3.0.0") != hides);
}

TEST_CASE("prune deletes the oldest prereleases, and a second run finds nothing to do") {
  Job job;
  const Run run = job.prune({"--keep", "2", "--dry-run", "false"});
  CHECK(run.outputs.at("deleted") == "v1.0.0-rc.1\nv1.0.0-rc.2");
  CHECK(run.outputs.at("kept") == "2");
  CHECK_FALSE(job.server.has_release("v1.0.0-rc.1"));
  CHECK_FALSE(job.server.has_release("v1.0.0-rc.2"));
  CHECK(job.server.has_release("v1.0.0-rc.9"));
  CHECK(job.server.has_release("v0.9.0"));
  CHECK_FALSE(job.server.tag_commit("v1.0.0-rc.1").empty());
  CHECK(job.prune({"--keep", "2", "--dry-run", "false"}).outputs.at("deleted").empty());
}

TEST_CASE("prune deletes the tags, too, on request") {
  Job job;
  const Run run = job.prune({"--keep", "3", "--dry-run", "false", "--delete-tags"});
  CHECK(has(run, "Deleted the prerelease v1.0.0-rc.1 and its tag"));
  CHECK_FALSE(job.server.has_release("v1.0.0-rc.1"));
  CHECK(job.server.tag_commit("v1.0.0-rc.1").empty());
  CHECK_FALSE(job.server.tag_commit("v1.0.0-rc.2").empty());
}

TEST_CASE("prune never deletes the latest stable release") {
  Job job;
  job.prune({"--keep", "1", "--kind", "any", "--dry-run", "false"});
  CHECK(job.server.has_release("v0.9.0"));
  CHECK(job.server.has_release("v1.0.0-rc.10"));
  CHECK_FALSE(job.server.has_release("v1.0.0-rc.9"));
}

TEST_CASE("prune reports missing and invalid inputs before any request") {
  Job job;
  CHECK(has(job.prune({}, 2), "keep: it is not set"));
  CHECK(has(job.prune({"--keep", "0"}, 2), "is not a whole number from 1 to 1000"));
  CHECK(has(job.prune({"--keep", "1", "--kind", "stable"}, 2), "prerelease, draft, any"));
  CHECK(has(job.prune({"--keep", "1", "--tags", "a{b"}, 2), "tags:"));
}

TEST_CASE("a prune that fails midway reports what it has deleted") {
  Job job;
  job.server.needs_sandbox();
  job.server.fault(
      R"({"kind":"status","status":403,"method":"DELETE","path":"/releases/","skip":1})");
  const Run run = job.prune({"--keep", "1", "--dry-run", "false"}, 1);
  CHECK(run.outputs.at("deleted") == "v1.0.0-rc.1");
  CHECK(has(run, "deleting the release v1.0.0-rc.2"));
  CHECK(job.server.has_release("v1.0.0-rc.2"));
}

TEST_CASE("a deleted release is in the outputs even if its tag could not be deleted") {
  Job job;
  job.server.needs_sandbox();
  job.server.fault(R"({"kind":"status","status":403,"method":"DELETE","path":"/tags/"})");
  const Run run = job.prune({"--keep", "3", "--dry-run", "false", "--delete-tags"}, 1);
  CHECK(run.outputs.at("deleted") == "v1.0.0-rc.1");
  CHECK(has(run, "deleting the tag v1.0.0-rc.1"));
  CHECK_FALSE(job.server.has_release("v1.0.0-rc.1"));
}
