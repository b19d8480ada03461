// SPDX-License-Identifier: MIT
// The rules of 'required_files' up to the complete set.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::Algorithm;
using core::AnnounceDigest;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::Rule;
using core::Snapshot;
using core::Step;
using core::Wait;
using core::Waits;
using snapshots::announcement;
using snapshots::asset;
using snapshots::at;
using snapshots::both;
using snapshots::commit;
using snapshots::complete;
using snapshots::desired_for;
using snapshots::last_edit;
using snapshots::mark_in;
using snapshots::memory_of;
using snapshots::memory_with;
using snapshots::observe;
using snapshots::Observed;
using snapshots::one_of_two;
using snapshots::only;
using snapshots::ours;
using snapshots::plan_at;
using snapshots::theirs;
using std::chrono::seconds;
using Names = std::vector<std::string>;

// --- announce_digests ---

TEST_CASE("a job announces the digests of its own uploads, each once, and of no other files") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = observe({true, commit, {asset(5, "a"), asset(6, "b")}});
  Memory memory = memory_with(desired, snapshot, asset(5, "a"));
  const Step step = plan(desired, snapshot, memory);
  CHECK(step.rule == Rule::announce_digests);
  const auto& note = only<AnnounceDigest>(step.now);
  CHECK(note.asset.id == 5);
  CHECK(note.sha256 == ours);
  CHECK(at<AnnounceDigest>(step.forecast, 0).asset.id == 5);
  memory.announced[5] = core::max_announcements;
  CHECK(plan(desired, snapshot, memory).rule != Rule::announce_digests);
}

TEST_CASE("a digest that is recorded or announced already is not announced again") {
  const Desired desired = one_of_two();
  for (const bool recorded : {true, false}) {
    Observed observed = complete(true, commit);
    if (!recorded) {
      observed.record.clear();
      observed.assets.push_back(announcement(6, asset(5, "a")));
    }
    const Snapshot seen = observe(observed);
    const Memory memory = memory_with(desired, seen, asset(5, "a"));
    CHECK(plan(desired, seen, memory).rule == Rule::wait_for_files);
  }
}

TEST_CASE("nothing is announced in a public release, nor by a run without required_files") {
  const Snapshot snapshot = observe({false, commit, {asset(5, "a"), asset(6, "b")}});
  CHECK(plan(one_of_two(), snapshot, memory_with(one_of_two(), snapshot, asset(5, "a"))).rule !=
        Rule::announce_digests);
  const Snapshot draft = observe({true, commit, {asset(5, "a"), asset(6, "b")}});
  CHECK(
      plan(desired_for({"a"}), draft, memory_with(desired_for({"a"}), draft, asset(5, "a"))).rule ==
      Rule::edit);
}

TEST_CASE("if the server rejects announcements, the draft's notes hold them, four times at most") {
  const Desired desired = one_of_two();
  Observed observed = {true, commit, {asset(5, "a"), asset(6, "b")}};
  observed.record[6] = core::record_entry(asset(6, "b"), theirs);
  const Snapshot seen = observe(observed);
  Memory memory = memory_with(desired, seen, asset(5, "a"));
  memory.announcements_refused = true;
  const Step step = plan(desired, seen, memory);
  CHECK(step.rule == Rule::announce_digests);
  const auto& edit = only<EditRelease>(step.now);
  CHECK(mark_in(edit) == commit);
  CHECK_FALSE(edit.draft);
  CHECK(core::parse_notes(*edit.body).text == "Notes");
  const core::Record record = core::parse_notes(*edit.body).record;
  CHECK(is_recorded(record, asset(5, "a"), ours));
  CHECK(is_recorded(record, asset(6, "b"), theirs));
  memory.notes_writes = 4;
  CHECK(plan(desired, seen, memory).rule != Rule::announce_digests);
}

// --- wait_for_files ---

TEST_CASE("a draft that lacks a required file is left to the job that supplies it") {
  const Step step = plan_at(one_of_two(), observe(complete(true, commit)));
  CHECK(step.rule == Rule::wait_for_files);
  CHECK(step.now.empty());
  CHECK(step.forecast.empty());
  CHECK(step.warnings.empty());
  CHECK(step.missing == Names{"b"});
  Desired alone = one_of_two();
  alone.required = {"a"};
  CHECK(plan_at(alone, observe(complete(true, commit))).missing.empty());
}

TEST_CASE("a job deletes assets that its own uploads replace, even if files are missing") {
  const Desired desired = one_of_two();
  Observed observed = complete(true, commit);
  observed.assets.insert(observed.assets.begin(), asset(3, "a"));
  const Snapshot seen = observe(observed);
  const Step step = plan(desired, seen, memory_with(desired, seen, asset(5, "a")));
  CHECK(step.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(step.now).asset.id == 3);
  CHECK(step.missing == Names{"b"});
}

TEST_CASE("a job does not leave a draft that the server may still publish") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = observe(complete(true, commit));
  Memory memory = memory_of(desired, snapshot);
  memory.watching = true;
  CHECK(plan(desired, snapshot, memory).rule == Rule::watch);
}

TEST_CASE("files that this run generates count as present") {
  Desired desired = desired_for({"a"});
  desired.required = {"a", "SHA256SUMS"};
  desired.checksums = {Algorithm::sha256};
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.missing.empty());
  CHECK(step.rule == Rule::write_checksums);
}

// --- put_back ---

TEST_CASE("a watching job makes a public release with a missing or unknown file a draft again") {
  const Desired desired = one_of_two();
  for (const Observed& observed : {complete(false, commit), both(false)}) {
    const Snapshot seen = observe(observed);
    Memory memory = memory_of(desired, seen);
    memory.watching = true;
    const Step step = plan(desired, seen, memory);
    CHECK(step.rule == Rule::put_back);
    CHECK(step.warnings.empty());
  }
}

TEST_CASE(
    "a job that does not watch first waits for missing files of a public release, then tidies") {
  const Desired desired = one_of_two();
  Observed observed = complete(false, commit);
  observed.assets.push_back(announcement(7, asset(5, "a")));
  const Snapshot seen = observe(observed);
  const Memory memory = memory_of(desired, seen);
  Waits waits;
  const Step waiting = plan(desired, seen, memory, waits);
  CHECK(waiting.rule == Rule::watch);
  CHECK(only<Wait>(waiting.now).time == seconds(1));
  CHECK(waiting.warnings.empty());

  waits.settled_public = true;
  const Step step = plan(desired, seen, memory, waits);
  CHECK(step.rule == Rule::edit);
  CHECK_FALSE(mark_in(only<EditRelease>(step.now)));
  CHECK(last_edit(step.now).draft == false);
  REQUIRE(step.warnings.size() == 1);
  CHECK(step.warnings[0] == "the release is already public, but no asset matches b");
}

// --- yield ---

TEST_CASE("the job with the newest asset goes first, and the others do not wait for ever") {
  const Desired desired = one_of_two();
  Observed observed = both();
  observed.record[6] = core::record_entry(asset(6, "b"), theirs);
  const Snapshot seen = observe(observed);
  const Memory memory = memory_with(desired, seen, asset(5, "a"));
  Waits waits;
  const Step step = plan(desired, seen, memory, waits);
  CHECK(step.rule == Rule::yield);
  CHECK(only<Wait>(step.now).reason.empty());
  waits.yields = 3;
  CHECK(plan(desired, seen, memory, waits).rule == Rule::edit);
}

TEST_CASE(
    "the job with the last upload or announcement does not yield, nor one that wrote nothing") {
  const Desired desired = one_of_two();
  Observed observed = both();
  observed.record[6] = core::record_entry(asset(6, "b"), theirs);
  CHECK(plan(desired, observe(observed), memory_of(desired, observe(observed))).rule == Rule::edit);
  observed.assets.push_back(announcement(7, asset(5, "a")));
  const Snapshot noted = observe(observed);
  Memory memory = memory_with(desired, noted, asset(5, "a"));
  CHECK(plan(desired, noted, memory).rule == Rule::yield);
  memory.announced[5] = core::max_announcements;
  CHECK(plan(desired, noted, memory).rule == Rule::tidy);

  Observed own = complete(true, commit);
  own.assets.push_back(asset(4, "b"));
  own.record[4] = core::record_entry(asset(4, "b"), theirs);
  const Snapshot last = observe(own);
  CHECK(plan(desired, last, memory_with(desired, last, asset(5, "a"))).rule == Rule::edit);
}
