// SPDX-License-Identifier: MIT
// Assets that an earlier run of this action may have left in its draft.
#include <catch2/catch_test_macros.hpp>

#include "core/release/assets.hpp"
#include "core/release/assets_by_name.hpp"
#include "units/core/release/snapshots.hpp"

using core::assess;
using core::AssetState;
using core::Desired;
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

TEST_CASE("in our own draft an asset of the same name is read if its size matches, else replaced") {
  const Desired desired = desired_for({"a"});
  Memory memory;
  memory.commit = "c1";
  Snapshot seen = snapshot_with({asset(5, "a")});
  seen.notes.mark = "c1";
  CHECK(ids(assess(desired, seen, memory).to_read) == Ids{5});
  CHECK(assess(desired, seen, memory).to_send.empty());
  memory.read.insert(5);
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
  memory.read.clear();
  seen.release->assets[0].size = 2;  // interrupted
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
  CHECK(ids(assess(desired, seen, memory).outdated) == Ids{5});
  seen.release->assets[0].size = 3;
  seen.notes.mark = "c2";
  CHECK(assess(desired, seen, memory).to_read.empty());
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
}

TEST_CASE(
    "an asset that appeared after an upload without a response is read, an older one is not") {
  const Desired desired = desired_for({"a"});
  Memory memory;
  memory.lost["a"] = {4, ours};
  CHECK(ids(assess(desired, snapshot_with({asset(5, "a")}), memory).to_read) == Ids{5});
  CHECK(assess(desired, snapshot_with({asset(4, "a")}), memory).to_read.empty());
  CHECK(assess(desired, snapshot_with({asset(4, "a")}), memory).to_send.size() == 1);
  CHECK(assess(desired, snapshot_with({asset(5, "a", 2)}), memory).to_send.size() ==
        1);  // interrupted
  CHECK(assess(desired, snapshot_with({asset(5, "b")}), memory).to_send.size() == 1);
}

TEST_CASE("with overwrite_files: false an incomplete asset is replaced only if it may be ours") {
  Desired desired = desired_for({"a"});
  desired.overwrite = Overwrite::keep;
  Memory memory;
  memory.commit = "c1";
  Snapshot broken = snapshot_with({asset(5, "a", 2)});
  CHECK(assess(desired, broken, memory).to_send.empty());
  broken.notes.mark = "c2";
  CHECK(assess(desired, broken, memory).to_send.empty());
  broken.notes.mark = "c1";
  CHECK(assess(desired, broken, memory).to_send.size() == 1);
  record(broken, asset(5, "a", 2), theirs);  // another job has recorded that this is its file
  CHECK(assess(desired, broken, memory).to_send.empty());
}

TEST_CASE(
    "with overwrite_files: false an asset after an unanswered upload stays if its content is "
    "known") {
  Desired desired = desired_for({"a"});
  desired.overwrite = Overwrite::keep;
  Memory memory;
  memory.lost["a"] = {4, ours};
  Snapshot seen = snapshot_with({asset(5, "a")});
  CHECK(ids(assess(desired, seen, memory).to_read) == Ids{5});
  memory.read.insert(5);
  CHECK(assess(desired, seen, memory).to_send.size() == 1);  // it could not be read
  record(seen, asset(5, "a"), theirs);
  CHECK(assess(desired, seen, memory).to_send.empty());
  CHECK(assess(desired, snapshot_with({asset(5, "a", 2)}), memory).to_send.size() == 1);
  CHECK(assess(desired, snapshot_with({asset(4, "a", 2)}), memory).to_send.empty());
}

TEST_CASE(
    "assets that a start-over must delete are neither kept nor compared, nor are announcements for "
    "them") {
  const Desired desired = desired_for({"a"});
  Snapshot seen =
      snapshot_with({asset(5, "a"), snapshots::announcement(6, asset(5, "a")), asset(7, "b")});
  record(seen, asset(5, "a"), ours);
  seen.notes.outdated_up_to = 6;
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.size() == 1);
  CHECK(state.outdated.empty());
  CHECK(ids(state.condemned) == Ids{5, 6});
  CHECK(ids(staying(*seen.release, state)) == Ids{7});
}

TEST_CASE("for each name the asset with the highest id counts, and so do its announcements") {
  const Snapshot seen = snapshot_with(
      {asset(5, "a"), asset(2, "a"), asset(3, "b"), snapshots::announcement(9, asset(5, "a"))});
  CHECK(ids(core::highest_of_each_name(seen.release->assets)) == Ids{5, 3});
  CHECK(core::highest_id(seen) == 9);
  CHECK(core::highest_id(snapshot_of(std::nullopt)) == 0);
}
