// SPDX-License-Identifier: MIT
// Notes from a section of a changelog.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

const std::string changelog =
    "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2026-01-02\n\n### Added\n\n"
    "- exports ([#12])\n- `<!-- gitea-release record: x -->`\n\n## 1.1.0\n\n- before\n\n"
    "[#12]: https://git.example.org/o/app/issues/12\n";

Run publish(Server& server, const std::string& tag, Workspace& job) {
  job.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", tag);
  return job.publish();
}

}  // namespace

TEST_CASE("the notes are this version's section, with its links written out", "[profiles]") {
  Server server;
  Workspace job(server, "v1.2.0");
  job.file("docs/CHANGELOG.md", changelog);
  job.file("RELEASE_NOTES.md", "not these");
  job.input("changelog_path", "docs/CHANGELOG.md");
  const Run run = publish(server, "v1.2.0", job);
  INFO(run.log);
  REQUIRE(run.status == 0);
  const std::string notes =
      "### Added\n\n- exports ([#12](https://git.example.org/o/app/issues/12))\n"
      "- `&lt;!-- gitea-release record: x -->`";
  CHECK(run.outputs.at("body") == notes);
  CHECK(server.release("v1.2.0").body.starts_with(notes));
  CHECK(job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("an edited section replaces the notes like any other text", "[profiles]") {
  Server server;
  Workspace job(server, "v1.2.0");
  job.file("CHANGELOG.md", changelog);
  job.input("changelog_path", "CHANGELOG.md");
  REQUIRE(publish(server, "v1.2.0", job).status == 0);
  job.file("CHANGELOG.md", "## v1.2.0\n\n- exports, mended\n");
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.outputs.at("state") == "updated");
  CHECK(run.outputs.at("body") == "- exports, mended");
}

TEST_CASE("a version without a section stops the run before any write and lists the sections") {
  Server server;
  Workspace job(server, "v2.0.0");
  job.file("CHANGELOG.md", changelog);
  job.input("changelog_path", "CHANGELOG.md");
  const Run run = publish(server, "v2.0.0", job);
  CHECK(run.status == 2);
  CHECK(run.log ==
        "::error::changelog_path: CHANGELOG.md has no section for v2.0.0; there are Unreleased, "
        "1.2.0, 1.1.0. Add one under a heading such as '## [1.2.0] - 2026-01-02'.\n");
  CHECK_FALSE(server.has_release("v2.0.0"));
}

TEST_CASE("a missing changelog is reported with its path") {
  Server server;
  Workspace job(server, "v1.2.0");
  job.input("changelog_path", "CHANGES");
  const Run run = publish(server, "v1.2.0", job);
  CHECK(run.status == 2);
  CHECK(run.log.starts_with("::error::changelog_path: " + (job.path() / "CHANGES").string() +
                            " cannot be read"));
}

TEST_CASE("a section can be appended to the existing notes") {
  Server server;
  server.create_release(
      R"({"tag_name":"v1.2.0","target_commitish":"main","name":"One","body":"By hand."})");
  Workspace job(server, "v1.2.0");
  job.file("CHANGELOG.md", "## 1.2.0\n\n- exports\n");
  job.input("changelog_path", "CHANGELOG.md").input("append_body", "true");
  const Run run = publish(server, "v1.2.0", job);
  INFO(run.log);
  CHECK(run.outputs.at("body") == "By hand.\n\n- exports");
  CHECK(job.publish().outputs.at("state") == "unchanged");
}
