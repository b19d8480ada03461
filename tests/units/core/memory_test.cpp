// SPDX-License-Identifier: MIT
#include "core/release/memory.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Desired;
using core::Memory;
using core::Release;
using core::remember;
using core::Snapshot;
using core::snapshot_of;
using core::wished_text;

namespace {

const std::string mark = "<!-- gitea-release: being filled for commit abc -->";

Snapshot look(const std::string& name, const std::string& body, bool prerelease = false) {
  Release release;
  release.id = 1;
  release.name = name;
  release.body = body;
  release.prerelease = prerelease;
  return snapshot_of(release);
}

Desired wishes() {
  Desired desired;
  desired.tag = "v1";
  desired.name = "Wished";
  desired.text = core::WishedText{"wished notes"};
  desired.prerelease = true;
  return desired;
}

}  // namespace

TEST_CASE("a look splits the notes of the release that it has seen") {
  const Snapshot seen = look("n", "Text\n\n" + mark);
  CHECK(seen.notes.text == "Text");
  CHECK(seen.notes.mark == "abc");
  CHECK_FALSE(snapshot_of(std::nullopt).release);
  CHECK_FALSE(snapshot_of(std::nullopt).notes.mark);
}

TEST_CASE("the first look is kept, whatever comes later") {
  Memory memory;
  Snapshot first = look("Old ", "old", false);
  first.release->assets.resize(3);
  first.release->assets[1].id = 9;
  first.release->assets[2].id = 4;
  CHECK(remember(memory, {}, first).empty());
  CHECK(remember(memory, {}, look("New", "new", true)).empty());
  REQUIRE(memory.first);
  CHECK(memory.first->name == "Old");
  CHECK(memory.first->text == "old");
  CHECK_FALSE(memory.first->prerelease);
  CHECK(memory.first->highest_asset == 9);
}

TEST_CASE("a look at nothing is no first look") {
  Memory memory;
  CHECK(remember(memory, wishes(), snapshot_of(std::nullopt)).empty());
  CHECK_FALSE(memory.first);
  CHECK_FALSE(memory.name_settled);
}

TEST_CASE("fields that show their first value are not settled, so a lost write is written again") {
  Memory memory;
  for (int i = 0; i < 3; ++i) {
    CHECK(remember(memory, wishes(), look("Old", "old", false)).empty());
    CHECK_FALSE(memory.name_settled);
    CHECK_FALSE(memory.text_settled);
    CHECK_FALSE(memory.prerelease_settled);
  }
}

TEST_CASE("a field once seen as wished is settled, whatever it becomes later") {
  Memory memory;
  remember(memory, wishes(), look("Old", "old", false));
  CHECK(remember(memory, wishes(), look("Wished", "wished notes\r\n", true)).empty());
  CHECK(memory.name_settled);
  CHECK(memory.text_settled);
  CHECK(memory.prerelease_settled);
  CHECK(remember(memory, wishes(), look("Theirs", "theirs", false)).empty());
  CHECK(memory.name_settled);
}

TEST_CASE("a third value is somebody else's: one warning for each field, and it is accepted") {
  Memory memory;
  remember(memory, wishes(), look("Old", "old", false));
  const auto warnings = remember(memory, wishes(), look("Theirs", "theirs", false));
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].find("title") != std::string::npos);
  CHECK(warnings[1].find("notes") != std::string::npos);
  CHECK(memory.name_settled);
  CHECK(memory.text_settled);
  CHECK_FALSE(memory.prerelease_settled);
  CHECK(remember(memory, wishes(), look("Again", "again", false)).empty());
}

TEST_CASE("a record or mark that others write into the notes is no third value") {
  Memory memory;
  remember(memory, wishes(), look("Old", "old"));
  CHECK(remember(memory, wishes(), look("Old", "old\n\n" + mark)).empty());
  CHECK_FALSE(memory.text_settled);
}

TEST_CASE("fields that no input names are never settled nor warned of") {
  Memory memory;
  Desired desired;
  remember(memory, desired, look("Old", "old", false));
  CHECK(remember(memory, desired, look("New", "new", true)).empty());
  CHECK_FALSE(memory.name_settled);
  CHECK_FALSE(memory.text_settled);
  CHECK_FALSE(memory.prerelease_settled);
}

TEST_CASE("an added text fits behind anybody's: it is settled only once it stands there") {
  Memory memory;
  Desired desired;
  desired.text = core::WishedText{"added", true};
  remember(memory, desired, look("n", "old"));
  CHECK(remember(memory, desired, look("n", "somebody else's")).empty());
  CHECK_FALSE(memory.text_settled);
  CHECK(wished_text(desired, memory, "somebody else's") == "somebody else's\n\nadded");
  CHECK(remember(memory, desired, look("n", "somebody else's\n\nadded\nmore")).empty());
  CHECK(memory.text_settled);
}

TEST_CASE("a text found by itself is for our own draft or empty notes only") {
  Desired desired;
  desired.text = core::WishedText{"found"};
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
    const Snapshot seen = look("n", one.body);
    remember(memory, desired, seen);
    CHECK(memory.first->text_is_ours == one.used);
    CHECK(memory.text_settled == !one.used);
    CHECK(wished_text(desired, memory, seen.notes.text) == (one.used ? "found" : "Old"));
  }
}

TEST_CASE("without an input that gives text the notes are wished as they are") {
  CHECK(wished_text({}, {}, "what stands there") == "what stands there");
  CHECK(wished_text(wishes(), {}, "what stands there") == "wished notes");
}

TEST_CASE("wishing is idempotent") {
  Desired desired = wishes();
  for (const bool append : {false, true}) {
    desired.text->append = append;
    const std::string once = wished_text(desired, {}, "old");
    CHECK(wished_text(desired, {}, once) == once);
  }
}

TEST_CASE("a value is cut where the wish goes on from it, and it is as long as servers hold") {
  const std::string wish(400, 't');
  CHECK(core::is_cut(std::string(255, 't'), wish, 250));
  CHECK(core::is_cut(std::string(252, 't') + "…", wish, 250));
  CHECK(core::is_cut(std::string(250, 't'), wish, 250));
  CHECK_FALSE(core::is_cut(std::string(249, 't'), wish, 250));
  CHECK_FALSE(core::is_cut(std::string(240, 't') + "…", wish, 250));
  CHECK_FALSE(core::is_cut(wish, wish, 250));
  CHECK_FALSE(core::is_cut(wish + "t", wish, 250));
  CHECK_FALSE(core::is_cut(std::string(254, 't') + "T", wish, 250));
  CHECK_FALSE(core::is_cut(std::string(252, 't') + "...", wish, 250));
  const std::string ends_so = std::string(300, 't') + "…";
  CHECK_FALSE(core::is_cut(ends_so, ends_so, 250));
}

TEST_CASE("a title that the server has cut is settled with one warning") {
  Memory memory;
  Desired desired = wishes();
  desired.name = std::string(400, 't');
  remember(memory, desired, look("Old", "old"));
  const auto warnings = remember(memory, desired, look(std::string(252, 't') + "…", "old"));
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] == "the server has shortened the title: it is too long for this server");
  CHECK(memory.name_settled);
  CHECK(remember(memory, desired, look(std::string(252, 't') + "…", "old")).empty());
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

TEST_CASE("what was once told of an asset stays known, though the record loses it") {
  Memory memory;
  remember(memory, {}, with_record(asset(5), ours));
  CHECK(known_digest(asset(5), look("n", ""), memory) == ours);
  CHECK_FALSE(known_digest(asset(6), look("n", ""), memory));
}

TEST_CASE("what this run has sent or read itself is believed more than any record") {
  Memory memory;
  memory.known[5] = core::record_entry(asset(5), ours);
  const Snapshot seen = with_record(asset(5), theirs);
  remember(memory, {}, seen);
  CHECK(known_digest(asset(5), seen, memory) == ours);
}

TEST_CASE("a record of an asset that has another uuid tells nothing of this one") {
  Memory memory;
  core::Asset reused = asset(5);
  reused.uuid = "reused00";
  const Snapshot seen = with_record(asset(5), ours);
  remember(memory, {}, seen);
  CHECK_FALSE(known_digest(reused, seen, memory));
  CHECK(known_digest(asset(5), seen, memory) == ours);
}

TEST_CASE("without required_files a record that was lost twice is let go, with them it never is") {
  Desired desired;
  Memory memory;
  memory.known[5] = core::record_entry(asset(5), ours);
  const Snapshot lost = look("n", "");
  memory.record_writes[5] = core::max_record_writes - 1;
  CHECK(known_record(desired, lost, memory, {asset(5)}).size() == 1);
  memory.record_writes[5] = core::max_record_writes;
  CHECK(known_record(desired, lost, memory, {asset(5)}).empty());
  CHECK(known_record(desired, with_record(asset(5), ours), memory, {asset(5)}).size() == 1);
  desired.required = {"a"};
  CHECK(known_record(desired, lost, memory, {asset(5)}).size() == 1);
}
