// SPDX-License-Identifier: MIT
// The last rules, one by one: when each applies, and what its step contains.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::Algorithm;
using core::ConfirmTag;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::Rule;
using core::Snapshot;
using core::Step;
using core::UploadAsset;
using core::Waits;
using snapshots::announcement;
using snapshots::asset;
using snapshots::at;
using snapshots::commit;
using snapshots::complete;
using snapshots::desired_for;
using snapshots::last_edit;
using snapshots::memory_of;
using snapshots::observe;
using snapshots::Observed;
using snapshots::only;
using snapshots::ours;
using snapshots::plan_at;

// --- write_checksums ---

TEST_CASE("SHA256SUMS is written before the release is published, and only if it is not correct") {
  Desired desired = desired_for({"a"});
  desired.checksums = {Algorithm::sha256};
  Observed observed = complete(true, commit);
  const Step step = plan_at(desired, observe(observed));
  CHECK(step.rule == Rule::write_checksums);
  const auto& sums = only<UploadAsset>(step.now);
  CHECK(sums.name == "SHA256SUMS");
  CHECK(sums.content == ours + "  a\n");
  CHECK(sums.size == sums.content->size());
  CHECK(at<UploadAsset>(step.forecast, 0).name == "SHA256SUMS");
  CHECK(last_edit(step.forecast).draft == false);

  const core::Asset right = asset(6, "SHA256SUMS", sums.size);
  observed.assets.push_back(right);
  observed.record[6] = core::record_entry(right, core::digest_of(*sums.content));
  CHECK(plan_at(desired, observe(observed)).rule == Rule::edit);
}

TEST_CASE("while files of other jobs are unknown the checksums are written after the edit") {
  Desired desired = desired_for({"a"});
  desired.checksums = {Algorithm::sha256};
  const Memory memory = memory_of(desired, observe(complete(true, commit)));
  Observed observed = complete(true, commit);
  observed.assets.push_back(asset(6, "b"));
  CHECK(plan(desired, observe(observed), memory).rule == Rule::edit);
  observed.draft = false;
  observed.mark.reset();
  CHECK(plan(desired, observe(observed), memory).rule == Rule::write_checksums);
}

// --- tidy ---

TEST_CASE("announcements are deleted before a draft is published, and from a public release") {
  Observed observed = complete(true, commit);
  observed.assets.push_back(announcement(6, asset(5, "a")));
  const Step before = plan_at(desired_for({"a"}), observe(observed));
  CHECK(before.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(before.now).asset.id == 6);
  CHECK(last_edit(before.forecast).draft == false);

  observed.draft = false;
  observed.mark.reset();
  const Step after = plan_at(desired_for({"a"}), observe(observed));
  CHECK(after.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(after.now).asset.id == 6);
  CHECK(only<DeleteAsset>(after.forecast).asset.id == 6);
}

TEST_CASE("assets that this run does not bring are deleted before publication, on request only") {
  Observed observed = complete(true, commit);
  observed.assets.push_back(asset(2, "old"));
  observed.record[2] = core::record_entry(asset(2, "old"), ours);
  Desired desired = desired_for({"a"});
  CHECK(plan_at(desired, observe(observed)).now.size() == 1);
  desired.remove_others = true;
  const Step step = plan_at(desired, observe(observed));
  REQUIRE(step.now.size() == 2);
  CHECK(at<DeleteAsset>(step.now, 0).asset.id == 2);
  CHECK(last_edit(step.now).draft == false);
  CHECK(core::parse_notes(*last_edit(step.now).body).record.size() == 1);
  CHECK(step.forecast.size() == 2);
}

TEST_CASE("from a public release, assets that this run does not bring are deleted last") {
  Observed observed = complete(false, {});
  observed.assets.push_back(asset(2, "old"));
  Desired desired = desired_for({"a"});
  desired.remove_others = true;
  desired.prerelease = true;
  const Step step = plan_at(desired, observe(observed));
  CHECK(step.rule == Rule::edit);
  CHECK(only<EditRelease>(step.now).prerelease == true);
  desired.prerelease.reset();
  const Step last = plan_at(desired, observe(observed));
  CHECK(last.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(last.now).asset.id == 2);
}

// --- confirm_tag ---

TEST_CASE("the tag is read again before publishing if the last response is old") {
  const Desired desired = desired_for({"a"});
  const Snapshot snapshot = observe(complete(true, commit));
  const Memory memory = memory_of(desired, snapshot);
  Waits waits;
  waits.tag_is_fresh = false;
  const Step step = plan(desired, snapshot, memory, waits);
  CHECK(step.rule == Rule::confirm_tag);
  CHECK(only<ConfirmTag>(step.now).tag == "v1");
  CHECK(only<EditRelease>(step.forecast).draft == false);
  const Snapshot published = observe(complete(false, {}));
  CHECK(plan(desired, published, memory_of(desired, published), waits).rule == Rule::done);
}

TEST_CASE("if publishing creates the tag, the tag is read directly afterwards") {
  const Desired desired = desired_for({"a"});
  const Snapshot snapshot = observe(complete(true, commit));
  Memory memory = memory_of(desired, snapshot);
  memory.tag_exists = false;
  const Step step = plan(desired, snapshot, memory);
  CHECK(step.rule == Rule::edit);
  CHECK(at<EditRelease>(step.now, 0).draft == false);
  CHECK(at<ConfirmTag>(step.now, 1).tag == "v1");
  CHECK(step.now.size() == 2);
}

// --- watch, done ---

TEST_CASE("a run that watches waits while there is a draft, and ends when it is public") {
  Desired desired = desired_for({"a"});
  for (const bool draft : {true, false}) {
    const Snapshot snapshot = observe(complete(draft, {}));
    Memory memory = memory_of(desired, snapshot);
    memory.watching = true;
    const Step step = plan(desired, snapshot, memory);
    CHECK(step.rule == (draft ? Rule::watch : Rule::done));
    CHECK(step.now.size() == (draft ? 1 : 0));
  }
}

TEST_CASE("files that were compared only by name and size are listed at the end") {
  Observed observed = {false, {}, {asset(5, "a"), asset(6, "b")}};
  observed.text = std::string(core::notes_limit - 203, 'x');
  const Step step = plan_at(desired_for({"a", "b"}), observe(observed));
  CHECK(step.rule == Rule::done);
  REQUIRE(step.warnings.size() == 1);
  CHECK(step.warnings[0].find("2 files were compared by name and size only (for example a)") !=
        std::string::npos);
  CHECK(step.warnings[0].find("checksums: sha256") != std::string::npos);
}
