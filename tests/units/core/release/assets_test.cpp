// SPDX-License-Identifier: MIT
// Which files are uploaded, and which assets are deleted.
#include "core/release/assets.hpp"
#include "core/release/assets_by_name.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/release/snapshots.hpp"

using core::assess;
using core::AssetState;
using core::Desired;
using core::LocalFile;
using core::Memory;
using core::Overwrite;
using core::Snapshot;
using core::snapshot_of;
using snapshots::asset;
using snapshots::desired_for;
using snapshots::Ids;
using snapshots::ids;
using snapshots::ours;
using snapshots::record;
using snapshots::snapshot_with;
using snapshots::theirs;

TEST_CASE("a missing file is uploaded, and nothing is deleted for it") {
  const Desired desired = desired_for({"a"});
  const AssetState state = assess(desired, snapshot_with({asset(1, "b")}), {});
  REQUIRE(state.to_send.size() == 1);
  CHECK(state.to_send[0]->name == "a");
  CHECK(state.replaced.empty());
  CHECK(state.outdated.empty());
  CHECK(state.others.empty());
  CHECK(assess(desired, snapshot_of(std::nullopt), {}).to_send.size() == 1);
}

TEST_CASE("a file that is recorded under the highest id is kept, and only lower ids are deleted") {
  const Desired desired = desired_for({"a"});
  Snapshot seen = snapshot_with({asset(5, "a"), asset(2, "a"), asset(3, "b")});
  record(seen, asset(5, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
}

TEST_CASE("a record for a lower id proves nothing: the highest id counts") {
  const Desired desired = desired_for({"a"});
  Snapshot seen = snapshot_with({asset(2, "a"), asset(5, "a")});
  record(seen, asset(2, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.size() == 1);
  CHECK(ids(state.outdated) == Ids{5, 2});
  CHECK(state.replaced.empty());
}

TEST_CASE("assets of equal size may differ in content, and are uploaded again if they do") {
  const Desired desired = desired_for({"a"});
  Snapshot seen = snapshot_with({asset(5, "a")});
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  record(seen, asset(5, "a"), theirs);
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  Desired unknown = desired_for({"a"});
  unknown.files[0].sha256.reset();
  record(seen, asset(5, "a"), ours);
  CHECK(assess(unknown, seen, {}).to_send.empty());  // it is hashed first
  CHECK(assess(unknown, seen, {}).to_hash.size() == 1);
}

TEST_CASE("after an upload lower ids are deleted, newest first, and higher ones are not") {
  const Desired desired = desired_for({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  const AssetState state =
      assess(desired, snapshot_with({asset(2, "a"), asset(5, "a"), asset(3, "a")}), memory);
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{3, 2});
  CHECK(state.warnings.empty());
}

TEST_CASE("a newer asset with the same name wins: no upload, no deletion, one warning") {
  const Desired desired = desired_for({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  Snapshot seen = snapshot_with({asset(2, "a"), asset(5, "a"), asset(7, "a")});
  record(seen, asset(7, "a"), theirs);
  const AssetState state = assess(desired, seen, memory);
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
  REQUIRE(state.warnings.size() == 1);
  CHECK(state.warnings[0].find("a") != std::string::npos);
  record(seen, asset(7, "a"), ours);
  CHECK(assess(desired, seen, memory).warnings.empty());
  CHECK(ids(assess(desired, seen, memory).replaced) == Ids{5, 2});
  CHECK(assess(desired, snapshot_with({asset(7, "a")}), memory).to_send.empty());
}

TEST_CASE(
    "a newer asset with unknown content is read once, unless its job will announce the digest") {
  Desired desired = desired_for({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  const Snapshot seen = snapshot_with({asset(2, "a"), asset(5, "a"), asset(7, "a")});
  const AssetState unread = assess(desired, seen, memory);
  CHECK(ids(unread.to_read) == Ids{7});
  CHECK(unread.replaced.empty());
  CHECK(unread.warnings.empty());

  memory.read.insert(7);  // and could not be read
  const AssetState read = assess(desired, seen, memory);
  CHECK(read.to_read.empty());
  CHECK(ids(read.replaced) == Ids{2});
  CHECK(read.warnings.size() == 1);

  memory.read.clear();
  desired.required = {"a"};
  CHECK(assess(desired, seen, memory).to_read.empty());
  CHECK(assess(desired, seen, memory).warnings.empty());
  CHECK(ids(assess(desired, seen, memory).replaced) == Ids{2});
}

TEST_CASE("our own upload that vanished is uploaded again only if there is no newer asset") {
  const Desired desired = desired_for({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  CHECK(assess(desired, snapshot_with({}), memory).to_send.size() == 1);
  const AssetState state = assess(desired, snapshot_with({asset(4, "a")}), memory);
  CHECK(state.to_send.size() == 1);
  CHECK(state.replaced.empty());
}

TEST_CASE("with overwrite_files: false existing assets stay, whatever they contain") {
  Desired desired = desired_for({"a", "b"});
  desired.overwrite = Overwrite::keep;
  const AssetState state = assess(desired, snapshot_with({asset(5, "a"), asset(6, "a")}), {});
  REQUIRE(state.to_send.size() == 1);
  CHECK(state.to_send[0]->name == "b");
  CHECK(state.outdated.empty());
  CHECK(state.replaced.empty());
}

TEST_CASE("removing other files spares our files, the action's own files and newer assets") {
  Desired desired = desired_for({"a"});
  const Snapshot seen = snapshot_with(
      {asset(1, "old"), asset(2, "a"), asset(3, ".sha256.1." + ours, 0), asset(9, "late")});
  Memory memory;
  memory.first = Memory::FirstSnapshot{};
  memory.first->highest_asset = 3;
  CHECK(assess(desired, seen, memory).others.empty());
  desired.remove_others = true;
  CHECK(ids(assess(desired, seen, memory).others) == Ids{1});
  CHECK(assess(desired, seen, {}).others.empty());
}

TEST_CASE("the assets with one name are sorted by id, lowest first") {
  core::Release release;
  release.assets = {asset(9, "a"), asset(3, "b"), asset(1, "a"), asset(4, "A")};
  CHECK(ids(core::AssetsByName(release).named("a")) == Ids{1, 9});
  CHECK(core::AssetsByName(release).named("c").empty());
}

TEST_CASE(
    "a digest is needed only for comparison with a known digest of an asset of the same size") {
  const auto needs_digest = [](const LocalFile& file, const Snapshot& seen, const Memory& memory) {
    Desired desired;
    desired.files = {file};
    return !assess(desired, seen, memory).to_hash.empty();
  };
  LocalFile file{"a", "/ws/a", 3, std::nullopt};
  Snapshot seen = snapshot_with({asset(4, "a", 9), asset(5, "a")});
  CHECK_FALSE(needs_digest(file, seen, {}));  // no entry
  record(seen, asset(4, "a"), ours);
  CHECK_FALSE(needs_digest(file, seen, {}));  // not of the highest
  record(seen, asset(5, "a"), theirs);
  CHECK(needs_digest(file, seen, {}));
  file.size = 4;
  CHECK_FALSE(needs_digest(file, seen, {}));
  file.size = 3;
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  CHECK_FALSE(needs_digest(file, seen, memory));
  file.sha256 = ours;
  CHECK_FALSE(needs_digest(file, seen, {}));
  file.sha256.reset();
  CHECK_FALSE(needs_digest(file, snapshot_of(std::nullopt), {}));
}

TEST_CASE("overwrite_files: fail lists all conflicts, except for assets that are ours already") {
  Desired desired = desired_for({"a", "b", "c", "new"});
  Snapshot seen = snapshot_with({asset(1, "a"), asset(2, "b"), asset(3, "c"), asset(4, "d")});
  record(seen, asset(2, "b"), ours);
  Memory memory;
  memory.commit = "c1";
  CHECK(clashes(desired, seen, memory).empty());
  desired.overwrite = Overwrite::fail;
  using Names = std::vector<std::string>;
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});
  seen.notes.mark = "c1";
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});  // public
  seen.release->draft = true;
  CHECK(clashes(desired, seen, memory).empty());
  seen.notes.mark = "c2";
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});
  CHECK(clashes(desired, snapshot_of(std::nullopt), memory).empty());
}

TEST_CASE("a generated file is kept, uploaded, or left to a parallel run with the same content") {
  const std::vector<LocalFile> files = {{"SHA256SUMS", "", 3, ours}};
  const auto assess_made = [&](const Snapshot& seen, const Memory& memory) {
    AssetState state;
    core::assess_made(files, seen, memory, state);
    return state;
  };
  Snapshot seen = snapshot_with({asset(4, "SHA256SUMS"), asset(5, "SHA256SUMS")});
  CHECK(assess_made(snapshot_with({}), {}).to_send.size() == 1);
  CHECK(assess_made(seen, {}).to_send.size() == 1);
  CHECK(assess_made(seen, {}).replaced.empty());
  Memory memory;
  memory.sent["SHA256SUMS"] = {asset(4, "SHA256SUMS"), ours};
  CHECK(assess_made(seen, memory).to_send.empty());  // with unknown content, but like ours
  CHECK(ids(assess_made(seen, memory).to_read) == Ids{5});
  memory.read.insert(5);  // and it cannot be read back
  CHECK(assess_made(seen, memory).to_send.empty());
  CHECK(assess_made(seen, memory).to_read.empty());
  record(seen, asset(5, "SHA256SUMS"), theirs);
  CHECK(assess_made(seen, memory).to_send.size() == 1);
  record(seen, asset(5, "SHA256SUMS"), ours);
  CHECK(assess_made(seen, {}).to_send.empty());
  CHECK(ids(assess_made(seen, {}).replaced) == Ids{4});
}

TEST_CASE("a generated file whose upload got no response is read before it is uploaded again") {
  const std::vector<LocalFile> files = {{"update.json", "", 3, ours}};
  const auto assess_made = [&](const Snapshot& seen, const Memory& memory) {
    AssetState state;
    core::assess_made(files, seen, memory, state);
    return state;
  };
  Snapshot seen = snapshot_with({asset(5, "update.json")});
  Memory memory;
  memory.lost["update.json"] = {4, ours};
  CHECK(assess_made(seen, memory).to_send.empty());
  CHECK(ids(assess_made(seen, memory).to_read) == Ids{5});
  record(seen, asset(5, "update.json"), ours);
  CHECK(assess_made(seen, memory).to_send.empty());
  CHECK(assess_made(seen, memory).to_read.empty());
  record(seen, asset(5, "update.json"), theirs);
  CHECK(assess_made(seen, memory).to_send.size() == 1);

  const Snapshot unknown = snapshot_with({asset(5, "update.json")});
  memory.read.insert(5);  // it cannot be read
  CHECK(assess_made(unknown, memory).to_send.size() == 1);
  memory.read.clear();
  memory.lost["update.json"] = {5, ours};  // it was there before
  CHECK(assess_made(unknown, memory).to_send.size() == 1);
  memory.lost["update.json"] = {4, theirs};  // other content was sent
  CHECK(assess_made(unknown, memory).to_send.size() == 1);
}

TEST_CASE("a generated file is written three times at most, then a warning says so") {
  const std::vector<LocalFile> files = {{"SHA256SUMS", "", 3, ours}};
  Snapshot seen = snapshot_with({asset(5, "SHA256SUMS")});
  record(seen, asset(5, "SHA256SUMS"), theirs);
  Memory memory;
  for (int made = 0; made <= core::max_made; ++made) {
    memory.made["SHA256SUMS"] = made;
    AssetState state;
    core::assess_made(files, seen, memory, state);
    CHECK(state.to_send.size() == (made < core::max_made ? 1 : 0));
    CHECK(state.warnings.size() == (made < core::max_made ? 0 : 1));
  }
}
