// SPDX-License-Identifier: MIT
#include "core/release/memory.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Desired;
using core::desired_text;
using core::Memory;
using core::Release;
using core::remember;
using core::Snapshot;
using core::snapshot_of;

namespace {

const std::string mark = "<!-- gitea-release: being filled for commit abc -->";

Snapshot snapshot_with(const std::string& name, const std::string& body, bool prerelease = false) {
  Release release;
  release.id = 1;
  release.name = name;
  release.body = body;
  release.prerelease = prerelease;
  return snapshot_of(release);
}

Desired desired_for() {
  Desired desired;
  desired.tag = "v1";
  desired.name = "Wished";
  desired.text = core::DesiredText{"wished notes"};
  desired.prerelease = true;
  return desired;
}

}  // namespace

TEST_CASE("a snapshot splits the notes of the release") {
  const Snapshot seen = snapshot_with("n", "Text\n\n" + mark);
  CHECK(seen.notes.text == "Text");
  CHECK(seen.notes.mark == "abc");
  CHECK_FALSE(snapshot_of(std::nullopt).release);
  CHECK_FALSE(snapshot_of(std::nullopt).notes.mark);
}

TEST_CASE("the first snapshot is kept, whatever comes later") {
  Memory memory;
  Snapshot first = snapshot_with("Old ", "old", false);
  first.release->assets.resize(3);
  first.release->assets[1].id = 9;
  first.release->assets[2].id = 4;
  CHECK(remember(memory, {}, first).empty());
  CHECK(remember(memory, {}, snapshot_with("New", "new", true)).empty());
  REQUIRE(memory.first);
  CHECK(memory.first->name == "Old");
  CHECK(memory.first->text == "old");
  CHECK_FALSE(memory.first->prerelease);
  CHECK(memory.first->highest_asset == 9);
}

TEST_CASE("a snapshot without a release is not the first one") {
  Memory memory;
  CHECK(remember(memory, desired_for(), snapshot_of(std::nullopt)).empty());
  CHECK_FALSE(memory.first);
  CHECK_FALSE(memory.name_settled);
}

TEST_CASE("fields with their first value are not settled, so a lost write is repeated") {
  Memory memory;
  for (int i = 0; i < 3; ++i) {
    CHECK(remember(memory, desired_for(), snapshot_with("Old", "old", false)).empty());
    CHECK_FALSE(memory.name_settled);
    CHECK_FALSE(memory.text_settled);
    CHECK_FALSE(memory.prerelease_settled);
  }
}

TEST_CASE("a field that has been seen with the desired value is settled, whatever happens later") {
  Memory memory;
  remember(memory, desired_for(), snapshot_with("Old", "old", false));
  CHECK(remember(memory, desired_for(), snapshot_with("Wished", "wished notes\r\n", true)).empty());
  CHECK(memory.name_settled);
  CHECK(memory.text_settled);
  CHECK(memory.prerelease_settled);
  CHECK(remember(memory, desired_for(), snapshot_with("Theirs", "theirs", false)).empty());
  CHECK(memory.name_settled);
}

TEST_CASE("a third value comes from another user: one warning per field, and it is accepted") {
  Memory memory;
  remember(memory, desired_for(), snapshot_with("Old", "old", false));
  const auto warnings = remember(memory, desired_for(), snapshot_with("Theirs", "theirs", false));
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].find("title") != std::string::npos);
  CHECK(warnings[1].find("notes") != std::string::npos);
  CHECK(memory.name_settled);
  CHECK(memory.text_settled);
  CHECK_FALSE(memory.prerelease_settled);
  CHECK(remember(memory, desired_for(), snapshot_with("Again", "again", false)).empty());
}

TEST_CASE("a record or mark that others write into the notes is not a third value") {
  Memory memory;
  remember(memory, desired_for(), snapshot_with("Old", "old"));
  CHECK(remember(memory, desired_for(), snapshot_with("Old", "old\n\n" + mark)).empty());
  CHECK_FALSE(memory.text_settled);
}

TEST_CASE("fields that no input sets are never settled, and cause no warning") {
  Memory memory;
  Desired desired;
  remember(memory, desired, snapshot_with("Old", "old", false));
  CHECK(remember(memory, desired, snapshot_with("New", "new", true)).empty());
  CHECK_FALSE(memory.name_settled);
  CHECK_FALSE(memory.text_settled);
  CHECK_FALSE(memory.prerelease_settled);
}

TEST_CASE("an appended text fits after any text, and is settled only once it is there") {
  Memory memory;
  Desired desired;
  desired.text = core::DesiredText{"added", true};
  remember(memory, desired, snapshot_with("n", "old"));
  CHECK(remember(memory, desired, snapshot_with("n", "somebody else's")).empty());
  CHECK_FALSE(memory.text_settled);
  CHECK(desired_text(desired, memory, "somebody else's") == "somebody else's\n\nadded");
  CHECK(remember(memory, desired, snapshot_with("n", "somebody else's\n\nadded\nmore")).empty());
  CHECK(memory.text_settled);
}

TEST_CASE("a text from a default source is only for our own draft or for empty notes") {
  Desired desired;
  desired.text = core::DesiredText{"found"};
  desired.text->only_where_empty = true;
  struct Case {
    const char* body;
    bool used;
  };
  const std::string marked = "Old\n\n" + mark;
  for (const Case& one :
       {Case{"", true}, Case{" ", true}, Case{marked.c_str(), true}, Case{"Old", false}}) {
    INFO(one.body);
    Memory memory;
    const Snapshot seen = snapshot_with("n", one.body);
    remember(memory, desired, seen);
    CHECK(memory.first->text_is_ours == one.used);
    CHECK(memory.text_settled == !one.used);
    CHECK(desired_text(desired, memory, seen.notes.text) == (one.used ? "found" : "Old"));
  }
}

TEST_CASE("without an input for the text the present notes are the desired ones") {
  CHECK(desired_text({}, {}, "what stands there") == "what stands there");
  CHECK(desired_text(desired_for(), {}, "what stands there") == "wished notes");
}

TEST_CASE("computing the desired text is idempotent") {
  Desired desired = desired_for();
  for (const bool append : {false, true}) {
    desired.text->append = append;
    const std::string once = desired_text(desired, {}, "old");
    CHECK(desired_text(desired, {}, once) == once);
  }
}

TEST_CASE(
    "a value is truncated if the desired one continues it, and has the length of a server's "
    "limit") {
  const std::string desired(400, 't');
  CHECK(core::is_cut(std::string(255, 't'), desired, 250));
  CHECK(core::is_cut(std::string(252, 't') + "…", desired, 250));
  CHECK(core::is_cut(std::string(250, 't'), desired, 250));
  CHECK_FALSE(core::is_cut(std::string(249, 't'), desired, 250));
  CHECK_FALSE(core::is_cut(std::string(240, 't') + "…", desired, 250));
  CHECK_FALSE(core::is_cut(desired, desired, 250));
  CHECK_FALSE(core::is_cut(desired + "t", desired, 250));
  CHECK_FALSE(core::is_cut(std::string(254, 't') + "T", desired, 250));
  CHECK_FALSE(core::is_cut(std::string(252, 't') + "...", desired, 250));
  const std::string ends_so = std::string(300, 't') + "…";
  CHECK_FALSE(core::is_cut(ends_so, ends_so, 250));
}

TEST_CASE("a title that the server has truncated is settled with one warning") {
  Memory memory;
  Desired desired = desired_for();
  desired.name = std::string(400, 't');
  remember(memory, desired, snapshot_with("Old", "old"));
  const auto warnings =
      remember(memory, desired, snapshot_with(std::string(252, 't') + "…", "old"));
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] == "the server shortened the title, because it is too long for this server");
  CHECK(memory.name_settled);
  CHECK(remember(memory, desired, snapshot_with(std::string(252, 't') + "…", "old")).empty());
}

namespace {

core::Asset asset(std::uint64_t id) { return {id, "a", 3, "uuid" + std::to_string(1000 + id), ""}; }

Snapshot with_record(const core::Asset& one, const core::Digest& digest) {
  Release release;
  release.id = 1;
  release.assets = {one};
  release.body = core::render_notes({"", {}, {{one.id, core::record_entry(one, digest)}}}, {one});
  return snapshot_of(release);
}

const core::Digest ours(64, 'a');
const core::Digest theirs(64, 'b');

}  // namespace

TEST_CASE("a digest that was once recorded stays known, even if the record loses it") {
  Memory memory;
  remember(memory, {}, with_record(asset(5), ours));
  CHECK(known_digest(asset(5), snapshot_with("n", ""), memory) == ours);
  CHECK_FALSE(known_digest(asset(6), snapshot_with("n", ""), memory));
}

TEST_CASE("what this run has uploaded or read itself is believed more than any record") {
  Memory memory;
  memory.known[5] = core::record_entry(asset(5), ours);
  const Snapshot seen = with_record(asset(5), theirs);
  remember(memory, {}, seen);
  CHECK(known_digest(asset(5), seen, memory) == ours);
}

TEST_CASE("a record for an asset with another uuid says nothing about this one") {
  Memory memory;
  core::Asset reused = asset(5);
  reused.uuid = "reused00";
  const Snapshot seen = with_record(asset(5), ours);
  remember(memory, {}, seen);
  CHECK_FALSE(known_digest(reused, seen, memory));
  CHECK(known_digest(asset(5), seen, memory) == ours);
}

TEST_CASE("without required_files a record that is lost twice is given up, with it never") {
  Desired desired;
  Memory memory;
  memory.known[5] = core::record_entry(asset(5), ours);
  const Snapshot lost = snapshot_with("n", "");
  memory.record_writes[5] = core::max_record_writes - 1;
  CHECK(known_record(desired, lost, memory, {asset(5)}).size() == 1);
  memory.record_writes[5] = core::max_record_writes;
  CHECK(known_record(desired, lost, memory, {asset(5)}).empty());
  CHECK(known_record(desired, with_record(asset(5), ours), memory, {asset(5)}).size() == 1);
  desired.required = {"a"};
  CHECK(known_record(desired, lost, memory, {asset(5)}).size() == 1);
}
