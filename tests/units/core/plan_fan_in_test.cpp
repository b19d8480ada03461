// SPDX-License-Identifier: MIT
// The rules of a plan that several jobs of one release need: 'required_files'.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/looks.hpp"

using core::Algorithm;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::NoteDigest;
using core::plan;
using core::ReadAsset;
using core::Rule;
using core::Snapshot;
using core::Step;
using core::Wait;
using core::Waits;
using looks::asset;
using looks::at;
using looks::commit;
using looks::complete;
using looks::entry;
using looks::last_edit;
using looks::Look;
using looks::mark_in;
using looks::memory_of;
using looks::memory_with;
using looks::observe;
using looks::only;
using looks::ours;
using looks::plan_at;
using looks::theirs;
using looks::wishes;
using std::chrono::seconds;
using Names = std::vector<std::string>;

namespace {

/// Brings "a" of a set of two.
Desired one_of_two() {
  Desired desired = wishes({"a"});
  desired.required = {"a", "b"};
  return desired;
}

/// "a" and "b" of a draft; "a" is known, "b" is what another job has not told yet.
Look both(bool draft = true) {
  Look look = complete(draft, commit);
  look.assets.push_back(asset(6, "b"));
  return look;
}

/// The same, with "b" created so long ago by the server's clock.
Snapshot both_after(seconds age) {
  core::Release release = looks::release_of(both());
  const std::chrono::sys_seconds noon(seconds(1'000'000));
  release.assets[1].created = noon;
  return core::snapshot_of(release, noon + age);
}

}  // namespace

// --- tell_digests ---

TEST_CASE("a job tells what its own uploads hold, each once, and nothing of other jobs' files") {
  const Desired desired = one_of_two();
  const Snapshot look = observe({true, commit, {asset(5, "a"), asset(6, "b")}});
  Memory memory = memory_with(desired, look, asset(5, "a"));
  const Step step = plan(desired, look, memory);
  CHECK(step.rule == Rule::tell_digests);
  const auto& note = only<NoteDigest>(step.now);
  CHECK(note.asset.id == 5);
  CHECK(note.sha256 == ours);
  CHECK(at<NoteDigest>(step.forecast, 0).asset.id == 5);
  memory.told[5] = core::max_tellings;
  CHECK(plan(desired, look, memory).rule != Rule::tell_digests);
}

TEST_CASE("what a record or an entry tells already is not told again") {
  const Desired desired = one_of_two();
  for (const bool recorded : {true, false}) {
    Look look = complete(true, commit);
    if (!recorded) {
      look.record.clear();
      look.assets.push_back(entry(6, asset(5, "a")));
    }
    const Snapshot seen = observe(look);
    const Memory memory = memory_with(desired, seen, asset(5, "a"));
    CHECK(plan(desired, seen, memory).rule == Rule::wait_for_files);
  }
}

TEST_CASE("nothing is told in a public release, nor by a run without required_files") {
  const Snapshot look = observe({false, commit, {asset(5, "a"), asset(6, "b")}});
  CHECK(plan(one_of_two(), look, memory_with(one_of_two(), look, asset(5, "a"))).rule !=
        Rule::tell_digests);
  const Snapshot draft = observe({true, commit, {asset(5, "a"), asset(6, "b")}});
  CHECK(plan(wishes({"a"}), draft, memory_with(wishes({"a"}), draft, asset(5, "a"))).rule ==
        Rule::edit);
}

TEST_CASE("where the server refuses entries the notes of the draft tell, four times at most") {
  const Desired desired = one_of_two();
  Look look = {true, commit, {asset(5, "a"), asset(6, "b")}};
  look.record[6] = core::record_entry(asset(6, "b"), theirs);
  const Snapshot seen = observe(look);
  Memory memory = memory_with(desired, seen, asset(5, "a"));
  memory.entries_refused = true;
  const Step step = plan(desired, seen, memory);
  CHECK(step.rule == Rule::tell_digests);
  const auto& edit = only<EditRelease>(step.now);
  CHECK(mark_in(edit) == commit);
  CHECK_FALSE(edit.draft);
  CHECK(core::parse_notes(*edit.body).text == "Notes");
  const core::Record record = core::parse_notes(*edit.body).record;
  CHECK(is_recorded(record, asset(5, "a"), ours));
  CHECK(is_recorded(record, asset(6, "b"), theirs));
  memory.notes_writes = 4;
  CHECK(plan(desired, seen, memory).rule != Rule::tell_digests);
}

// --- wait_for_files ---

TEST_CASE("a draft that lacks a required file is left to the job that brings it") {
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

TEST_CASE("a job deletes what its own uploads replace, however much is missing") {
  const Desired desired = one_of_two();
  Look look = complete(true, commit);
  look.assets.insert(look.assets.begin(), asset(3, "a"));
  const Snapshot seen = observe(look);
  const Step step = plan(desired, seen, memory_with(desired, seen, asset(5, "a")));
  CHECK(step.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(step.now).asset.id == 3);
  CHECK(step.missing == Names{"b"});
}

TEST_CASE("a job does not leave a draft that the server may still publish") {
  const Desired desired = one_of_two();
  const Snapshot look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  CHECK(plan(desired, look, memory).rule == Rule::watch);
}

TEST_CASE("files that this run is to make count as brought") {
  Desired desired = wishes({"a"});
  desired.required = {"a", "SHA256SUMS"};
  desired.checksums = {Algorithm::sha256};
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.missing.empty());
  CHECK(step.rule == Rule::write_checksums);
}

// --- put_back ---

TEST_CASE("a watching job puts back what is public with a file missing or unknown") {
  const Desired desired = one_of_two();
  for (const Look& look : {complete(false, commit), both(false)}) {
    const Snapshot seen = observe(look);
    Memory memory = memory_of(desired, seen);
    memory.watching = true;
    const Step step = plan(desired, seen, memory);
    CHECK(step.rule == Rule::put_back);
    CHECK(step.warnings.empty());
  }
}

TEST_CASE("a job that does not watch waits first when files are missing in public, then tidies") {
  const Desired desired = one_of_two();
  Look look = complete(false, commit);
  look.assets.push_back(entry(7, asset(5, "a")));
  const Snapshot seen = observe(look);
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
  CHECK(step.warnings[0] == "the release is public already, but nothing in it matches b");
}

// --- yield ---

TEST_CASE("whoever brought the last asset goes first, and the others do not wait for ever") {
  const Desired desired = one_of_two();
  Look look = both();
  look.record[6] = core::record_entry(asset(6, "b"), theirs);
  const Snapshot seen = observe(look);
  const Memory memory = memory_with(desired, seen, asset(5, "a"));
  Waits waits;
  const Step step = plan(desired, seen, memory, waits);
  CHECK(step.rule == Rule::yield);
  CHECK(only<Wait>(step.now).reason.empty());
  waits.yields = 3;
  CHECK(plan(desired, seen, memory, waits).rule == Rule::edit);
}

TEST_CASE("the job whose upload or note is the last does not yield, nor one that sent nothing") {
  const Desired desired = one_of_two();
  Look look = both();
  look.record[6] = core::record_entry(asset(6, "b"), theirs);
  CHECK(plan(desired, observe(look), memory_of(desired, observe(look))).rule == Rule::edit);
  look.assets.push_back(entry(7, asset(5, "a")));
  const Snapshot noted = observe(look);
  Memory memory = memory_with(desired, noted, asset(5, "a"));
  CHECK(plan(desired, noted, memory).rule == Rule::yield);
  memory.told[5] = core::max_tellings;
  CHECK(plan(desired, noted, memory).rule == Rule::tidy);

  Look own = complete(true, commit);
  own.assets.push_back(asset(4, "b"));
  own.record[4] = core::record_entry(asset(4, "b"), theirs);
  const Snapshot last = observe(own);
  CHECK(plan(desired, last, memory_with(desired, last, asset(5, "a"))).rule == Rule::edit);
}

// --- read_others, wait_for_digest ---

TEST_CASE("another job has 60 seconds to tell what its file holds; then the file is read") {
  const Desired desired = one_of_two();
  const Snapshot young = both_after(core::longest_silence - seconds(1));
  const Step waiting = plan_at(desired, young);
  CHECK(waiting.rule == Rule::wait_for_digest);
  CHECK(only<Wait>(waiting.now).reason == "waiting for another job to tell what b holds");
  const Snapshot old = both_after(core::longest_silence);
  const Step reading = plan_at(desired, old);
  CHECK(reading.rule == Rule::read_others);
  CHECK(only<ReadAsset>(reading.now).asset.id == 6);
}

TEST_CASE("where the server tells no time, 20 seconds count from when the file was first seen") {
  const Desired desired = one_of_two();
  const Snapshot look = observe(both());
  const Memory memory = memory_of(desired, look);
  Waits waits;
  const core::Time begin{};
  CHECK(plan(desired, look, memory, waits, begin + seconds(10)).rule == Rule::wait_for_digest);
  waits.first_seen[6] = begin + seconds(81);
  CHECK(plan(desired, look, memory, waits, begin + seconds(100)).rule == Rule::wait_for_digest);
  waits.first_seen[6] = begin + seconds(80);
  CHECK(plan(desired, look, memory, waits, begin + seconds(100)).rule == Rule::read_others);
}

TEST_CASE("a file that the server dates in the future is waited for no longer than any other") {
  const Desired desired = one_of_two();
  const Snapshot look = both_after(-seconds(3600));
  const Memory memory = memory_of(desired, look);
  Waits waits;
  const core::Time begin{};
  waits.first_seen[6] = begin;
  CHECK(plan(desired, look, memory, waits, begin + core::longest_silence - seconds(1)).rule ==
        Rule::wait_for_digest);
  CHECK(plan(desired, look, memory, waits, begin + core::longest_silence).rule ==
        Rule::read_others);
}

TEST_CASE("the pauses between looks for a digest grow to two seconds") {
  const Desired desired = one_of_two();
  const Snapshot look = observe(both());
  const auto pause = [&](int count) {
    Waits waits;
    waits.for_digests = count;
    return only<Wait>(plan(desired, look, memory_of(desired, look), waits).now).time.count();
  };
  CHECK(pause(0) == 200);
  CHECK(pause(1) == 300);
  CHECK(pause(20) == 2000);
}

TEST_CASE("a file that could not be read is somebody else's, and nobody waits for it") {
  const Desired desired = one_of_two();
  for (const seconds age : {seconds(0), core::longest_silence}) {
    const Snapshot look = both_after(age);
    Memory memory = memory_of(desired, look);
    memory.read.insert(6);
    CHECK(plan(desired, look, memory).rule == Rule::edit);
  }
}

TEST_CASE("nobody waits for the digest of a file that is neither required nor in SHA256SUMS") {
  Desired desired = one_of_two();
  desired.required = {"a"};
  CHECK(plan_at(desired, observe(both())).rule == Rule::edit);
  desired.checksums = {Algorithm::sha256};
  CHECK(plan_at(desired, observe(both())).rule == Rule::wait_for_digest);
  desired.required.clear();
  CHECK(plan_at(desired, observe(both())).rule == Rule::write_checksums);
}

TEST_CASE("a release that nobody is filling is not waited for, unless this run has written") {
  const Desired desired = one_of_two();
  Look look = both(false);
  look.mark.reset();
  const Snapshot seen = observe(look);
  CHECK(plan_at(desired, seen).rule == Rule::done);
  Waits waits;
  waits.wrote = true;
  CHECK(plan(desired, seen, memory_of(desired, seen), waits).rule == Rule::wait_for_digest);
}

TEST_CASE("in public a job tells in the record what it knows before it waits for others") {
  const Desired desired = one_of_two();
  const Snapshot look = observe({false, commit, {asset(5, "a"), asset(4, "b")}});
  const Step step = plan(desired, look, memory_with(desired, look, asset(5, "a")));
  CHECK(step.rule == Rule::edit);
  CHECK(only<EditRelease>(step.now).entries == std::vector<std::uint64_t>{5});
}

TEST_CASE("a SHA256SUMS of another job is read at once, since it may be right") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  Look look = both();
  look.record[6] = core::record_entry(asset(6, "b"), theirs);
  look.assets.push_back(asset(7, "SHA256SUMS", 136));
  const Step step = plan_at(desired, observe(look));
  CHECK(step.rule == Rule::read_others);
  CHECK(only<core::ReadChecksums>(step.now).asset.id == 7);
}

TEST_CASE("while other jobs are due nothing is said of what sums and table do not have yet") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  desired.downloads = core::Downloads{{{"C", "c"}}, ""};
  const Memory memory = memory_of(desired, observe(complete(true, commit)));
  const Step waiting = plan(desired, observe(both()), memory);
  CHECK(waiting.rule == Rule::wait_for_digest);
  CHECK(only<Wait>(waiting.now).reason == "waiting for another job to tell what b holds");
  CHECK(waiting.warnings.empty());
}

// --- tidy ---

TEST_CASE("before a set is published, replaced files and all entries go, whoever brought them") {
  const Desired desired = one_of_two();
  Look look = {true, commit, {asset(2, "b"), asset(3, "a"), asset(5, "a"), asset(6, "b")}};
  look.assets.push_back(entry(7, asset(5, "a")));
  look.assets.push_back(entry(8, asset(6, "b"), theirs));
  const Step step = plan_at(desired, observe(look));
  CHECK(step.rule == Rule::tidy);
  std::vector<std::uint64_t> gone;
  for (const core::Action& action : step.now)
    gone.push_back(std::get<DeleteAsset>(action).asset.id);
  CHECK(gone == std::vector<std::uint64_t>{3, 2, 7, 8});
}

TEST_CASE("a complete set that the server has published is tidied before the mark goes, too") {
  // It may be put back meanwhile, so that the edit publishes it.
  const Desired desired = one_of_two();
  Look look = {false, commit, {asset(5, "a"), asset(6, "b")}};
  look.assets.push_back(entry(7, asset(5, "a")));
  look.assets.push_back(entry(8, asset(6, "b"), theirs));
  const Step step = plan_at(desired, observe(look));
  CHECK(step.rule == Rule::tidy);
  CHECK(at<DeleteAsset>(step.now, 0).asset.id == 7);
  CHECK(at<DeleteAsset>(step.now, 1).asset.id == 8);
}

TEST_CASE("a late file that no job tells of goes from a draft, and stays in public") {
  const Desired desired = one_of_two();
  for (const bool draft : {true, false}) {
    core::Release release = looks::release_of({draft,
                                               draft ? std::optional(commit) : std::nullopt,
                                               {asset(5, "a"), asset(6, "b")},
                                               {{5, core::record_entry(asset(5, "a"), ours)},
                                                {6, core::record_entry(asset(6, "b"), theirs)}}});
    const std::chrono::sys_seconds noon(seconds(1'000'000));
    release.assets.push_back(asset(9, "b"));
    release.assets.back().created = noon;
    const Step step = plan_at(desired, core::snapshot_of(release, noon + core::longest_silence));
    CHECK(step.rule == (draft ? Rule::tidy : Rule::done));
    if (draft) CHECK(only<DeleteAsset>(step.now).asset.id == 9);
  }
}

TEST_CASE("a SHA256SUMS of unknown content is never taken for a late file") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  Look look = both();
  look.record[6] = core::record_entry(asset(6, "b"), theirs);
  look.record[7] = core::record_entry(asset(7, "SHA256SUMS"), ours);
  look.assets.push_back(asset(7, "SHA256SUMS"));
  look.assets.push_back(asset(9, "SHA256SUMS"));
  core::Release release = looks::release_of(look);
  const std::chrono::sys_seconds noon(seconds(1'000'000));
  release.assets.back().created = noon;
  const Snapshot seen = core::snapshot_of(release, noon + core::longest_silence);
  Memory memory = memory_of(desired, seen);
  CHECK(only<core::ReadChecksums>(plan(desired, seen, memory).now).asset.id == 9);
  memory.read.insert(9);  // and it could not be read
  CHECK(plan(desired, seen, memory).rule == Rule::write_checksums);
}

TEST_CASE("a lower file of a set stays as long as the content of the higher one is unknown") {
  Desired desired = one_of_two();
  Look look = both();
  look.assets.push_back(asset(2, "b"));
  const Snapshot seen = observe(look);
  Memory memory = memory_of(desired, seen);
  memory.read.insert(6);  // it could not be read
  const Step step = plan(desired, seen, memory);
  CHECK(step.rule == Rule::edit);
  only<EditRelease>(step.now);
}
