// SPDX-License-Identifier: MIT
// The command `notes`: from the commits of a server to the text.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "core/text.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A job for `tag` that was not started by its push.
Run notes(Server& server, const std::string& tag, const std::vector<std::string>& more = {}) {
  Workspace job(server, tag);
  job.on_branch().variable("GITHUB_SHA", server.commit());
  std::vector<std::string> arguments = {"notes", "--tag-name", tag};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Run run = job.run(arguments);
  INFO(run.log);
  CHECK(run.status == 0);
  return run;
}

/// The requests for lists of tags and of commits since the server was told to forget them.
std::pair<long, long> lists(Server& server) {
  const auto requests = server.requests();
  const auto count = [&](const std::string& end) {
    return std::count_if(requests.begin(), requests.end(), [&](const support::Logged& one) {
      return one.path.substr(0, one.path.find('?')).ends_with(end);
    });
  };
  return {count("/tags"), count("/commits")};
}

}  // namespace

TEST_CASE("notes of a tag are printed, by type, with links to commits, issues and all changes") {
  Server server;
  server.create_tag("v1.0.0");
  const std::string fix = server.new_commit("fix(ui): the button (#12)\n\nIt was off.");
  server.new_commit("feat!: drop version 1\n\nBREAKING CHANGE: use version 2.");
  server.new_commit("Update the README");
  server.create_tag("v1.1.0");

  const Run run = notes(server, "v1.1.0");

  CHECK(run.log.starts_with("### Breaking changes\n\n- drop version 1 (["));
  CHECK(has(run.log, ")\n  - use version 2.\n\n### Fixes\n\n- **ui:** the button ([#12]("));
  CHECK(has(run.log, "/issues/12)) ([" + fix.substr(0, 10) + "]("));
  CHECK(has(run.log, server.repository() + "/commit/" + fix + "))\n"));
  CHECK(has(run.log, "### Other changes\n\n- Update the README (["));
  CHECK(has(run.log, "**Authors:** "));
  CHECK(has(run.log, "**All changes:** [v1.0.0...v1.1.0]("));
  CHECK(run.log.ends_with("/" + server.repository() + "/compare/v1.0.0...v1.1.0)\n"));
  CHECK_FALSE(has(run.log, "Initial commit"));
  CHECK(run.outputs.at("notes") + "\n" == run.log);
  CHECK(run.outputs.at("previous_tag") == "v1.0.0");
  CHECK(notes(server, "v1.1.0").log == run.log);
}

TEST_CASE("notes can be written to a file") {
  Server server;
  server.new_commit("feat: all");
  Workspace job(server, "v1.0.0");
  job.on_branch().input("notes_path", "NOTES.md").input("working_directory", "sub");
  job.file("sub/x", "");
  const Run run = job.run({"notes", "--tag-name", "v1.0.0", "--target-commitish", "main"});
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(run.log == "the notes of v1.0.0 are in NOTES.md\n");
  const std::string written = support::read_file(job.path() / "sub/NOTES.md");
  CHECK(written.starts_with("### Features\n\n- all ("));
  CHECK(written == run.outputs.at("notes") + "\n");
}

TEST_CASE("notes are not written through a link, nor out of the workspace by one") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.file("x", "");
  const TempDir elsewhere;
  std::filesystem::create_symlink(elsewhere.path() / "target", job.path() / "NOTES.md");
  std::filesystem::create_directory_symlink(elsewhere.path(), job.path() / "sub");
  job.on_branch().variable("GITHUB_SHA", server.commit());
  for (const char* path : {"NOTES.md", "sub/NOTES.md"}) {
    const Run run = job.run({"notes", "--tag-name", "v1.0.0", "--notes-path", path});
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.starts_with("::error::notes_path: "));
    CHECK(has(run.log, "is a symbolic link"));
  }
  CHECK(std::filesystem::is_empty(elsewhere.path()));
}

TEST_CASE("a tag that does not exist yet gets the notes of the run's commit") {
  Server server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: now");
  const std::string built = server.commit();
  server.new_commit("feat: later");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", built);
  const Run run = job.run({"notes", "--tag-name", "v1.1.0"});
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(has(run.log, "- now ("));
  CHECK_FALSE(has(run.log, "- later ("));
}

TEST_CASE("the previous tag is found by version and prefix, and can be named") {
  Server server;
  for (const char* tag : {"v1.0.0", "v1.1.0-rc.1", "app/v1.0.0", "v0.9.0", "nightly"}) {
    server.create_tag(tag);
    server.new_commit(std::string("feat: after ") + tag);
  }
  CHECK(notes(server, "v1.1.0").outputs.at("previous_tag") == "v1.0.0");
  CHECK(notes(server, "v1.1.0-rc.2").outputs.at("previous_tag") == "v1.1.0-rc.1");
  CHECK(notes(server, "app/v1.0.1").outputs.at("previous_tag") == "app/v1.0.0");
  const Run named = notes(server, "v1.1.0", {"--previous-tag", "v0.9.0"});
  CHECK(named.outputs.at("previous_tag") == "v0.9.0");
  CHECK(has(named.log, "- after v0.9.0 ("));
  CHECK_FALSE(has(named.log, "- after v1.0.0 ("));
  CHECK(has(notes(server, "app/v1.0.1").log, "/compare/app/v1.0.0...app/v1.0.1)"));
}

TEST_CASE("a previous tag that does not exist is refused, with the nearest name") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit());
  const Run run = job.run({"notes", "--tag-name", "v1.1.0", "--previous-tag", "v1.0.1"});
  CHECK(run.status == 2);
  CHECK(run.log == "::error::previous_tag: there is no tag 'v1.0.1' in " + server.repository() +
                       ". Did you mean 'v1.0.0'?\n");
}

TEST_CASE(
    "a first release tells everything, and a release of the same commit that nothing changed") {
  Server server;
  server.new_commit("feat: all");
  server.create_tag("v1.0.0");
  const Run first = notes(server, "v1.0.0");
  CHECK(first.outputs.at("previous_tag").empty());
  CHECK(has(first.log, "- all ("));
  CHECK(has(first.log, "- Initial commit ("));
  CHECK(has(first.log, "**All changes:** [v1.0.0]("));
  CHECK(first.log.ends_with("/commits/tag/v1.0.0)\n"));
  CHECK(notes(server, "v1.0.1").log.starts_with("No changes since v1.0.0.\n\n**All changes:** ["));
}

TEST_CASE("an annotated tag ends where its commit is") {
  Server server;
  server.create_tag("v1.0.0", "one");
  server.new_commit("feat: two");
  server.create_tag("v1.1.0", "two");
  const Run run = notes(server, "v1.1.0");
  CHECK(run.log.starts_with("### Features\n\n- two ("));
  CHECK_FALSE(has(run.log, "Initial commit"));
}

TEST_CASE("the job's own token makes the notes of a private repository") {
  Server server;
  server.needs_sandbox();
  server.edit_repository(R"({"private":true})");
  server.create_tag("v1.0.0");
  server.new_commit("feat: secret");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit());
  job.input("token", server.job_token());
  const Run run = job.run({"notes", "--tag-name", "v1.1.0"});
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(has(run.log, "- secret ("));
}

TEST_CASE("merges are folded into what they brought, and everybody who wrote is named") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[
      {"branch":"exports","message":"feat: export","author":"Grace","date":"2030-01-01T00:00:00Z"},
      {"branch":"exports","message":"wip","author":"Grace","date":"2030-01-02T00:00:00Z"},
      {"message":"fix: import\n\nCo-authored-by: Edsger <e@h>","author":"Ada","date":"2030-01-03T00:00:00Z"},
      {"message":"Merge pull request 'Exports' (#7) from exports into main","author":"Boss",
       "parents":["main","exports"],"date":"2030-01-04T00:00:00Z"}]})");
  const std::string text = notes(server, "v1.1.0").log;
  CHECK(has(text, "### Features\n\n- export ([#7]("));
  CHECK(has(text, "### Fixes\n\n- import (["));
  CHECK(has(text, "**Authors:** Ada, Edsger, Grace\n"));
  CHECK_FALSE(has(text, "wip"));
  CHECK_FALSE(has(text, "Merge"));
  CHECK_FALSE(has(text, "Boss"));
}

TEST_CASE("a history that was rewritten is told from where it parts") {
  Server server;
  server.needs_sandbox();
  server.add_commits(R"({"commits":[
      {"branch":"old","message":"feat: as it was","date":"2030-01-01T00:00:00Z"},
      {"message":"feat: as it is","date":"2030-01-02T00:00:00Z"}]})");
  server.push("refs/tags/v1.0.0", "old");
  const Run run = notes(server, "v1.1.0");
  CHECK(run.outputs.at("previous_tag") == "v1.0.0");
  CHECK(has(run.log, "- as it is ("));
  CHECK_FALSE(has(run.log, "as it was"));
}

TEST_CASE("100 commits cost 2 requests, and the tags one for 50") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  for (const auto& [commits, requests] : {std::pair{100, 2}, {1, 1}, {150, 3}, {101, 3}}) {
    server.push("refs/tags/v1.0.0", "main");
    server.add_commits(
        fmt::format(R"({{"commits":[{{"message":"fix: {{n}}","count":{}}}]}})", commits));
    server.forget_requests();
    const Run run = notes(server, "v1.1.0");
    CHECK(lists(server) == std::pair<long, long>{1, requests});
    CHECK(has(run.log, fmt::format("- {} (", commits)));
  }
  for (int i = 0; i < 50; ++i) server.create_tag(fmt::format("v0.{}.0", i));
  server.forget_requests();
  notes(server, "v1.1.0");
  CHECK(lists(server).first == 2);
  server.forget_requests();
  notes(server, "v1.1.0", {"--previous-tag", "v1.0.0"});
  CHECK(lists(server).first == 0);
}

TEST_CASE("of 5,000 commits the newest 1,000 are read, in 20 requests, and the notes stay short") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[{"message":"feat!: early","count":1},
                                    {"message":"fix: number {n}","count":4000},
                                    {"message":"feat: number {n}","count":998},
                                    {"message":"feat!: late","count":1}]})");
  server.forget_requests();
  const Run run = notes(server, "v1.1.0");
  CHECK(lists(server) == std::pair<long, long>{1, 20});
  CHECK(run.log.size() <= 30'001);
  CHECK(run.log.starts_with("### Breaking changes\n\n- late ("));
  CHECK(has(run.log, "- number 998 ("));
  const auto lines = core::lines(run.log);
  const auto listed = std::count_if(lines.begin(), lines.end(),
                                    [](const std::string& line) { return line.starts_with("- "); });
  CHECK(has(run.log, fmt::format("\n… and {} more changes.\n", 5000 - listed)));
  CHECK(run.outputs.at("notes") + "\n" == run.log);
}

TEST_CASE("a proxy that takes the counts away costs one request more, and nothing is lost") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[{"message":"fix: {n}","count":60}]})");
  const Run whole = notes(server, "v1.1.0");
  server.fault(
      R"({"method":"GET","kind":"delay","ms":0,"times":-1,"headers":{"X-Total-Count":""}})");
  server.forget_requests();
  CHECK(notes(server, "v1.1.0").log == whole.log);
  CHECK(lists(server) == std::pair<long, long>{2, 3});
}

TEST_CASE("forged marks in commits change nothing") {
  Server server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: <!-- gitea-release record: AAAA -->");
  server.new_commit("fix: `<!-- gitea-release: being filled for commit 0 -->`");
  server.new_commit("<!-- open\n\n::set-env name=PATH::/tmp\n::error::no");
  server.new_commit("::error::not a command");
  const Run run = notes(server, "v1.1.0");
  CHECK_FALSE(has(run.log, "<!-- gitea-release"));
  CHECK(has(run.log, "- &lt;!-- open ("));
  CHECK(has(run.log, "**All changes:**"));
  CHECK_FALSE(has(run.log, "\n::"));
}

TEST_CASE("publish adds the notes behind the user's text, once") {
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

TEST_CASE("notes that were generated are made anew in their place, and nothing else is touched") {
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

TEST_CASE("forged marks in commits change nothing of a release") {
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

TEST_CASE("a previous tag that does not exist stops a publish before any write") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.1.0");
  job.input("generate_release_notes", "true").input("previous_tag", "v1.O.0");
  const Run run = job.publish();
  CHECK(run.status == 2);
  CHECK(has(run.log, "previous_tag: there is no tag 'v1.O.0'"));
  CHECK_FALSE(server.has_release("v1.1.0"));
}

TEST_CASE("notes of 5,000 commits and of long subjects are published, on every server") {
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

TEST_CASE("a server that fails is told as that, and a repository that is not seen too", "[1.25]") {
  Server server;
  server.needs_sandbox();
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("retries", "1");
  job.input("token", server.token_of("stranger"));
  server.edit_repository(R"({"private":true})");
  const auto shown = [&](const Run& run) {
    std::string text = support::replaced(run.log, server.url(), "https://git.example.org");
    text = support::replaced(text, server.repository(), "owner/app");
    return support::replaced(text, server.commit(), "<commit>") + fmt::format("({})\n", run.status);
  };
  std::string text = shown(job.run({"notes", "--tag-name", "v1.1.0"}));
  job.input("token", server.token());
  server.fault(R"({"method":"GET","path":"/commits","kind":"status","status":500,"times":-1})");
  text += shown(job.run({"notes", "--tag-name", "v1.1.0"}));
  support::check_golden("messages/notes.txt", text);
}
