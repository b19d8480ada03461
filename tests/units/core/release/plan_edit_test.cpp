// SPDX-License-Identifier: MIT
// The edit of a release: what it contains, and when none is sent.
#include <catch2/catch_test_macros.hpp>

#include "core/release/assets.hpp"
#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::ConfirmTag;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::Snapshot;
using core::Step;
using core::UploadAsset;
using snapshots::asset;
using snapshots::at;
using snapshots::commit;
using snapshots::complete;
using snapshots::desired_for;
using snapshots::last_edit;
using snapshots::mark_in;
using snapshots::memory_of;
using snapshots::memory_with;
using snapshots::observe;
using snapshots::Observed;
using snapshots::only;
using snapshots::ours;
using snapshots::plan_at;

TEST_CASE(
    "every edit of a public release's notes sets draft: false, an edit of its title does not") {
  Desired desired = desired_for({"a"});
  desired.text = core::DesiredText{"New notes"};
  const Step notes = plan_at(desired, observe(complete(false, {})));
  CHECK(only<EditRelease>(notes.now).draft == false);
  CHECK(core::parse_notes(*last_edit(notes.now).body).text == "New notes");
  CHECK(core::parse_notes(*last_edit(notes.now).body).record.contains(5));

  Desired title = desired_for({"a"});
  title.name = "New title";
  title.prerelease = true;
  const Step renamed = plan_at(title, observe(complete(false, {})));
  CHECK(only<EditRelease>(renamed.now).name == "New title");
  CHECK(last_edit(renamed.now).prerelease == true);
  CHECK_FALSE(last_edit(renamed.now).body);
  CHECK_FALSE(last_edit(renamed.now).draft);
}

TEST_CASE("an edit of a marked draft that does not publish it keeps draft flag and mark") {
  Desired desired = desired_for({"a"});
  desired.draft = true;
  desired.text = core::DesiredText{"New notes"};
  const Snapshot snapshot = observe(complete(true, commit));
  Memory memory = memory_of(desired, snapshot);
  memory.watching = true;
  const Step step = plan(desired, snapshot, memory);
  CHECK(mark_in(only<EditRelease>(step.now)) == commit);
  CHECK(last_edit(step.now).draft.value_or(true));
}

TEST_CASE(
    "a replacement is uploaded and seen before the old asset is deleted and the release edited") {
  const Desired desired = desired_for({"a"});
  Observed observed = {false, {}, {asset(3, "a"), asset(4, "b")}};
  const Step before = plan_at(desired, observe(observed));
  CHECK(at<UploadAsset>(before.now, 0).name == "a");
  CHECK(at<ConfirmTag>(before.now, 1).tag == "v1");
  CHECK(before.now.size() == 2);
  CHECK(at<UploadAsset>(before.forecast, 0).name == "a");
  CHECK(at<DeleteAsset>(before.forecast, 1).asset.id == 3);
  CHECK(before.forecast.size() == 2);

  const Memory memory = memory_with(desired, observe(observed), asset(5, "a"));
  observed.assets.push_back(asset(5, "a"));
  const Step after = plan(desired, observe(observed), memory);
  REQUIRE(after.now.size() == 2);
  CHECK(at<DeleteAsset>(after.now, 0).asset.id == 3);
  CHECK(last_edit(after.now).recorded == std::vector<std::uint64_t>{5});
  CHECK(core::parse_notes(*last_edit(after.now).body).record.contains(5));
}

TEST_CASE("a lost record entry is written once more, then given up") {
  const Desired desired = desired_for({"a"});
  const Snapshot snapshot = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_with(desired, snapshot, asset(5, "a"));
  memory.record_writes[5] = 1;
  CHECK(last_edit(plan(desired, snapshot, memory).now).recorded == std::vector<std::uint64_t>{5});
  memory.record_writes[5] = core::max_record_writes;
  CHECK(plan(desired, snapshot, memory).now.empty());
}

TEST_CASE("no edit is sent only for the record if it would start the next run") {
  Desired desired = desired_for({"a"});
  desired.edit_for_record_alone = false;
  const Snapshot snapshot = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_with(desired, snapshot, asset(5, "a"));
  CHECK(plan(desired, snapshot, memory).now.empty());
  desired.name = "New title";
  memory.name_settled = false;
  const Step step = plan(desired, snapshot, memory);
  CHECK(core::parse_notes(last_edit(step.now).body.value()).record.size() == 1);
}

TEST_CASE("a record is not rewritten only to drop deleted assets") {
  Observed observed = complete(false, {});
  observed.record[9] = core::record_entry(asset(9, "gone"), ours);
  Snapshot seen = observe(observed);
  seen.notes.record = observed.record;
  CHECK(plan_at(desired_for({"a"}), seen).now.empty());
}

TEST_CASE("settled fields are not written again") {
  Desired desired = desired_for({"a"});
  desired.name = "Wished";
  desired.text = core::DesiredText{"Wished"};
  desired.prerelease = true;
  const Snapshot snapshot = observe(complete(false, {}));
  Memory memory = memory_of(desired, snapshot);
  memory.name_settled = memory.text_settled = memory.prerelease_settled = true;
  CHECK(plan(desired, snapshot, memory).now.empty());
  memory.text_settled = false;
  CHECK_FALSE(last_edit(plan(desired, snapshot, memory).now).name);
}
