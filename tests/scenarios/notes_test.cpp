// SPDX-License-Identifier: MIT
// The command `notes`: from the commits on a server to the text.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/notes_command.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using notes_command::has;
using notes_command::notes;
using support::Run;
using support::Server;
using support::Workspace;

TEST_CASE(
    "the notes of a tag are grouped by type, with links to commits, issues and the comparison") {
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
  CHECK(run.log == "Wrote the notes of v1.0.0 to NOTES.md\n");
  const std::string written = support::read_file(job.path() / "sub/NOTES.md");
  CHECK(written.starts_with("### Features\n\n- all ("));
  CHECK(written == run.outputs.at("notes") + "\n");
}

TEST_CASE("notes are not written through a link, even one that leaves the workspace") {
  support::needs_this_system("symbolic links");
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

TEST_CASE("a previous tag that does not exist is rejected, with the nearest name") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.1.0");
  job.on_branch().variable("GITHUB_SHA", server.commit());
  const Run run = job.run({"notes", "--tag-name", "v1.1.0", "--previous-tag", "v1.0.1"});
  CHECK(run.status == 2);
  CHECK(run.log == "::error::previous_tag: the tag 'v1.0.1' does not exist in " +
                       server.repository() + ". Did you mean 'v1.0.0'?\n");
}

TEST_CASE("a first release lists all changes, a release of the same commit lists none") {
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

TEST_CASE("an annotated tag ends at its commit") {
  Server server;
  server.create_tag("v1.0.0", "one");
  server.new_commit("feat: two");
  server.create_tag("v1.1.0", "two");
  const Run run = notes(server, "v1.1.0");
  CHECK(run.log.starts_with("### Features\n\n- two ("));
  CHECK_FALSE(has(run.log, "Initial commit"));
}

TEST_CASE("the job's own token can generate the notes of a private repository") {
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

TEST_CASE("merges are combined with their commits, and every author is named") {
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

TEST_CASE("after a rewritten history the notes begin where the histories diverge") {
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

TEST_CASE("forged marks in commits have no effect") {
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

TEST_CASE("server errors and an invisible repository are reported as such") {
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
