// SPDX-License-Identifier: MIT
// Tags that git does not allow, tags that cannot exist beside others, and tags that have to be created.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

using support::has;

namespace {

/// A job that uploads a file for a tag that does not exist yet.
struct Job {
  explicit Job(const std::string& tag) : workspace(server, "v0.1.0") {
    workspace.file("a.txt", "a\n").on_branch().variable("GITHUB_SHA", server.commit());
    workspace.input("tag_name", tag).input("files", "a.txt");
  }
  Server server;
  Workspace workspace;
};

}  // namespace

TEST_CASE("a tag that git does not allow stops the run before any request") {
  const std::vector<std::pair<std::string, std::string>> tags = {
      {"v 1", "contains a blank"},
      {"v1..2", "contains two dots in a row"},
      {"v1.lock", "has a part that ends with '.lock'"},
      {"a/", "begins or ends with a slash"},
      {"refs/heads/main", "is the full name of a reference"}};
  for (const auto& [tag, rule] : tags) {
    Job job(tag);
    job.server.needs_sandbox();
    job.server.forget_requests();
    const Run run = job.workspace.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(has(run.log, "tag_name: git does not allow the tag '" + tag + "', because it " + rule));
    CHECK(job.server.requests().empty());
  }
}

TEST_CASE("a tag that clashes with another one names it, before the first write") {
  for (const bool is_dry : {false, true}) {
    Job below("dd/x");
    below.server.needs_sandbox();
    below.server.create_tag("dd");
    below.server.forget_requests();
    const Run first = below.workspace.input("dry_run", is_dry ? "true" : "false").publish();
    INFO(first.log);
    CHECK(first.status == 2);
    CHECK(has(first.log, "the tag dd/x cannot be created, because the tag dd exists"));
    CHECK(below.server.writes() == 0);

    Job above("dd");
    above.server.create_tag("dd/x");
    above.server.create_tag("ddx");
    above.server.forget_requests();
    const Run second = above.workspace.input("dry_run", is_dry ? "true" : "false").publish();
    INFO(second.log);
    CHECK(second.status == 2);
    CHECK(has(second.log, "the tag dd cannot be created, because the tag dd/x exists"));
    CHECK(above.server.writes() == 0);
  }
}

TEST_CASE("a tag whose name only begins like another one is created") {
  Job job("dd");
  job.server.create_tag("ddx");
  const Run run = job.workspace.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(job.server.tag_commit("dd") == job.server.commit());
}

TEST_CASE("a server that does not say which tags there are does not stop the run") {
  Job job("v1.0.0");
  job.server.needs_sandbox();
  job.server.fault(
      R"({"method":"GET","path":"/git/refs/","kind":"status","status":403,"times":-1})");
  const Run run = job.workspace.publish();
  INFO(run.log);
  CHECK(run.status == 0);
}

TEST_CASE("a tag that has to be created is named with its commit, also in a dry run") {
  Job job("v1.0.0-tpyo");
  const std::string commit = job.server.commit();
  const std::string line = "The tag v1.0.0-tpyo does not exist yet: it will be created at commit " +
                           commit + " when the release is published\n";
  CHECK(has(job.workspace.publish({"--dry-run"}).log, line));
  CHECK(job.server.tag_commit("v1.0.0-tpyo").empty());
  CHECK(has(job.workspace.publish().log, line));
  CHECK_FALSE(has(job.workspace.publish().log, "does not exist"));

  Job annotated("v2.0.0");
  annotated.workspace.input("tag_message", "Version 2");
  CHECK(has(annotated.workspace.publish().log,
            "it will be created at commit " + annotated.server.commit() + "\n"));
}

TEST_CASE("a dry run names the checksum files, the Downloads table and the publication") {
  Job job("v1.0.0");
  job.workspace.input("checksums", "sha256, per-file").input("downloads", "true");
  const Run run = job.workspace.publish({"--dry-run"});
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(has(run.log,
            "Dry run, these actions would be carried out:\n"
            "  create the draft release v1.0.0\n"
            "  upload a.txt (2 B)\n"
            "  upload SHA256SUMS (generated from the assets)\n"
            "  upload a.txt.sha256 (generated from the assets)\n"
            "  update the release: published, Downloads table, digests\n"));
  CHECK_FALSE(job.server.has_release("v1.0.0"));
}

TEST_CASE("a tag in a pull mirror is created with a warning") {
  Job job("v1.0.0");
  job.server.needs_sandbox();
  job.server.make_mirror();
  const Run run = job.workspace.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(has(run.log, "::warning::this repository is a pull mirror"));
  CHECK(has(job.workspace.run({"doctor"}).log, "is a pull mirror"));
}

TEST_CASE("settings that were copied from elsewhere are told with what to write") {
  Job job("v1.0.0");
  const auto log = [&](const std::string& input, const std::string& value) {
    const Run run = job.workspace.input(input, value).publish();
    CHECK(run.status == 2);
    job.workspace.input(input, "");
    return run.log;
  };
  const std::string name = log("repository", "https://git.example.org/git/owner/app.git");
  INFO(name);
  CHECK(has(name, "Write 'repository: owner/app'"));
  CHECK(
      has(log("repository", "git@git.example.org:owner/app.git"), "Write 'repository: owner/app'"));
  CHECK_FALSE(has(log("repository", "a/b/c"), "Write 'repository"));
  CHECK(has(log("ca_cert", "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----"),
            "ca_cert: the certificate is on one line"));
  CHECK(
      has(log("token", ""), "servers refuse names of secrets that begin with GITEA_, GITHUB_ or"));
  job.workspace.file(".gitea/release.yml", "changelog:\n  categories:\n    - title: New\n");
  CHECK(has(log("name", ""), "'changelog' is the form of GitHub's release.yml"));
}
