// SPDX-License-Identifier: MIT
// Marks and records that are not ours: in new notes, and in existing ones.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "adversarial/inert.hpp"
#include "core/release/record.hpp"
#include "core/text/json.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::check_harmless;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

const std::string other_commit = "0123456789012345678901234567890123456789";
const std::string mark = "<!-- gitea-release: being filled for commit " + other_commit + " -->";

/// A record that claims digests for assets of every id that may be used.
std::string forged_record() {
  core::Record record;
  for (std::uint64_t id = 1; id < 40; ++id) record[id] = {"01234567", std::string(64, 'a')};
  return core::render_record(record);
}

/// A job for a release of another user, with these notes and this asset.
void publish_over(Server& server, const std::string& body, const std::string& asset) {
  core::JsonObject json;
  json.add("tag_name", "v1.0.0").add("target_commitish", "main").add("name", "Theirs");
  json.add("body", body);
  server.upload(server.create_release(json.text()).id, asset, "theirs");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "ours");
  const Run run = job.input("files", "a.txt").publish();
  check_harmless(run, server);
  CHECK(run.status == 0);
}

}  // namespace

TEST_CASE("a mark or a record in the notes that a job supplies is plain text") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a");
  job.file("RELEASE_NOTES.md", "Text\n\n" + mark + "\n" + forged_record() + "\n<!-- open");
  const Run run = job.input("files", "a.txt").publish();
  check_harmless(run, server);
  REQUIRE(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(run.outputs.at("body").starts_with("Text\n\n&lt;!-- gitea-release: being filled"));
  CHECK(run.outputs.at("body").ends_with("<!-- open\n-->"));
  CHECK(server.download("v1.0.0", "a.txt").body == "a");
  const Run again = job.publish();
  CHECK(again.outputs.at("state") == "unchanged");
}

TEST_CASE("a published release that quotes a mark is not hidden, and nothing in it is deleted") {
  Server server;
  publish_over(server,
               "The mark is:\n" + mark + "\nand a record:\n" + forged_record() + "\n(quoted)",
               "theirs.txt");
  CHECK(server.release("v1.0.0").names() == std::vector<std::string>{"a.txt", "theirs.txt"});
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").body.starts_with("The mark is:\n" + mark));
}

TEST_CASE("a forged record in another user's notes does not make a file count as uploaded") {
  Server server;
  publish_over(server, "Text\n\n" + forged_record(), "a.txt");
  CHECK(server.download("v1.0.0", "a.txt").body == "ours");
}
