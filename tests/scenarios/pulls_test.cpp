// SPDX-License-Identifier: MIT
// Notes from pull requests: `notes: {source: pulls}` in the configuration file.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

using support::has;

namespace {

/// A repository with a release, and after it a merge of each form; and a job for the next release.
class Job {
 public:
  Job() : workspace(server, "v1.1.0") {
    server.needs_sandbox();
    server.add_commits(R"({"commits":[{"message":"old","date":"2030-01-01T00:00:00Z"}]})");
    pull(1, "Old work", "ada", "main", "2030-01-01T00:00:00Z");
    server.push("refs/tags/v1.0.0", "main");
    server.add_commits(R"({"commits":[
        {"branch":"b","message":"wip","date":"2030-02-01T00:00:00Z"},
        {"message":"Merge pull request 'Export' (#2) from b into main","parents":["main","b"],
         "date":"2030-02-02T00:00:00Z"}]})");
    pull(2, "Export", "ada", "main", "2030-02-02T00:00:00Z", R"(["enhancement"])");
    server.add_commits(R"({"commits":[{"message":"squashed #3","date":"2030-02-03T00:00:00Z"}]})");
    pull(3, "fix: import", "grace", "main", "2030-02-03T00:00:00Z");
    server.add_commits(R"({"commits":[{"message":"direct push","date":"2030-02-04T00:00:00Z"}]})");
    pull(4, "Never merged", "edsger", "", "2030-02-05T00:00:00Z");
    workspace.file(
        ".gitea/release.yml",
        "notes:\n  source: pulls\n  categories:\n"
        "    - {title: New, labels: [enhancement]}\n    - {title: Fixes, types: [fix]}\n");
    workspace.on_branch().variable("GITHUB_SHA", server.commit());
  }

  void pull(int number, const std::string& title, const std::string& user, const std::string& merge,
            const std::string& date, const std::string& labels = "[]") {
    server.add_pull(fmt::format(
        R"({{"number":{},"title":"{}","user":"{}","merge_commit":"{}","closed_at":"{}","labels":{}}})",
        number, title, user, merge, date, labels));
  }

  Run notes() {
    const Run run = workspace.run({"notes", "--tag-name", "v1.1.0"});
    INFO(run.log);
    CHECK(run.status == 0);
    return run;
  }

  long count(const std::string& part) {
    const auto requests = server.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const support::Logged& one) {
      return one.path.find(part) != std::string::npos;
    });
  }

  Server server;
  Workspace workspace;
};

}  // namespace

TEST_CASE("notes list the pull requests that were merged since the last release") {
  Job job;
  const Run run = job.notes();
  INFO(run.log);
  const std::string page = job.server.repository() + "/pulls/";
  CHECK(run.log.starts_with("### New\n\n- Export ([#2]("));
  CHECK(has(run.log, page + "2)) by [ada]("));
  CHECK(has(run.log, "### Fixes\n\n- fix: import ([#3]("));
  CHECK(has(run.log, "### New contributors\n\n- [grace]("));
  CHECK(has(run.log, ") made the first contribution in [#3]("));
  CHECK(has(run.log, "**All changes:** [v1.0.0...v1.1.0]("));
  for (const char* other : {"Old work", "direct push", "Never merged", "wip", "[ada] made"}) {
    CHECK_FALSE(has(run.log, other));
  }
}

TEST_CASE("pull requests cost a request for each 50 that changed since, and one for each author") {
  Job job;
  for (int number = 100; number < 250; ++number) {
    job.pull(number, "Other work", "edsger", "", "2030-03-01T00:00:00Z");
  }
  for (int number = 300; number < 1000; ++number) {
    job.pull(number, "Old", "edsger", "", "2029-01-01T00:00:00Z");
  }
  job.server.forget_requests();
  job.notes();
  CHECK(job.count("/pulls?") == 4);
  CHECK(job.count("/issues?") == 2);
}

TEST_CASE("of very many pull requests only the last 1,000 are read, with a warning") {
  Job job;
  for (int number = 100; number < 1200; ++number) {
    job.pull(number, "Other work", "edsger", "", "2030-03-01T00:00:00Z");
  }
  job.server.forget_requests();
  const Run run = job.notes();
  CHECK(job.count("/pulls?") == 20);
  CHECK(has(run.log, "closed pull requests, and only the 1000 that changed last were read"));
}

TEST_CASE("of many authors only 20 are asked about, with a warning") {
  Job job;
  for (int number = 20; number < 45; ++number) {
    job.server.new_commit(fmt::format("squashed {}", number));
    job.pull(number, "Work", fmt::format("author{}", number), "main", "2030-04-01T00:00:00Z");
  }
  job.workspace.variable("GITHUB_SHA", job.server.commit());
  job.server.forget_requests();
  const Run run = job.notes();
  CHECK(job.count("/issues?") == 20);
  CHECK(has(run.log, "pull requests of 27 authors; first contributions were searched only for 20"));
}

TEST_CASE(
    "the pull request of a deleted account has no author, and one without merge is not listed") {
  Job job;
  job.server.new_commit("squashed");
  job.pull(9, "Orphaned", "", "main", "2030-05-01T00:00:00Z");
  job.workspace.variable("GITHUB_SHA", job.server.commit());
  const Run run = job.notes();
  CHECK(has(run.log, "- Orphaned ([#9]("));
  CHECK(has(run.log, "/pulls/9))\n"));
}

TEST_CASE("publish puts the pull requests into the notes, and a second run leaves them alone") {
  Job job;
  job.workspace.file("a.txt", "a\n").input("tag_name", "v1.1.0").input("files", "a.txt");
  job.workspace.input("generate_release_notes", "true");
  const Run run = job.workspace.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(has(job.server.release("v1.1.0").body, "- Export ([#2]("));
  CHECK(job.workspace.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("a token that may not read pull requests is told what failed") {
  Job job;
  job.server.fault(R"({"method":"GET","path":"/pulls","kind":"status","status":403,"times":-1,
      "content_type":"application/json",
      "body":"{\"message\":\"token does not have at least one of required scope(s): [read:issue]\",\"url\":\"http://h/api/swagger\"}"})");
  const Run run = job.workspace.run({"notes", "--tag-name", "v1.1.0"});
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(has(run.log, "listing the pull requests: "));
}
