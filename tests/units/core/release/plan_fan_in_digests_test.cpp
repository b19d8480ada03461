// SPDX-License-Identifier: MIT
// The rules of 'required_files' for a complete set: unknown digests, and what is deleted before publishing.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::Algorithm;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::ReadAsset;
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

namespace {

/// The same, with "b" created so long ago by the server's clock.
Snapshot both_after(seconds age) {
  core::Release release = snapshots::release_of(both());
  const std::chrono::sys_seconds noon(seconds(1'000'000));
  release.assets[1].created = noon;
  return core::snapshot_of(release, noon + age);
}

}  // namespace

// --- read_others, wait_for_digest ---

TEST_CASE("another job has 60 seconds to announce the digest of its file; then the file is read") {
  const Desired desired = one_of_two();
  const Snapshot young = both_after(core::max_silence - seconds(1));
  const Step waiting = plan_at(desired, young);
  CHECK(waiting.rule == Rule::wait_for_digest);
  CHECK(only<Wait>(waiting.now).reason == "waiting for another job to announce the digest of b");
  const Snapshot old = both_after(core::max_silence);
  const Step reading = plan_at(desired, old);
  CHECK(reading.rule == Rule::read_others);
  CHECK(only<ReadAsset>(reading.now).asset.id == 6);
}

TEST_CASE("if the server sends no date, 20 seconds count from when the file was first seen") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = observe(both());
  const Memory memory = memory_of(desired, snapshot);
  Waits waits;
  const core::Time begin{};
  CHECK(plan(desired, snapshot, memory, waits, begin + seconds(10)).rule == Rule::wait_for_digest);
  waits.first_seen[6] = begin + seconds(81);
  CHECK(plan(desired, snapshot, memory, waits, begin + seconds(100)).rule == Rule::wait_for_digest);
  waits.first_seen[6] = begin + seconds(80);
  CHECK(plan(desired, snapshot, memory, waits, begin + seconds(100)).rule == Rule::read_others);
}

TEST_CASE("a file with a date in the future is waited for no longer than any other") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = both_after(-seconds(3600));
  const Memory memory = memory_of(desired, snapshot);
  Waits waits;
  const core::Time begin{};
  waits.first_seen[6] = begin;
  CHECK(plan(desired, snapshot, memory, waits, begin + core::max_silence - seconds(1)).rule ==
        Rule::wait_for_digest);
  CHECK(plan(desired, snapshot, memory, waits, begin + core::max_silence).rule ==
        Rule::read_others);
}

TEST_CASE("the pauses between reads for a digest grow to two seconds") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = observe(both());
  const auto pause = [&](int count) {
    Waits waits;
    waits.for_digests = count;
    return only<Wait>(plan(desired, snapshot, memory_of(desired, snapshot), waits).now)
        .time.count();
  };
  CHECK(pause(0) == 200);
  CHECK(pause(1) == 300);
  CHECK(pause(20) == 2000);
}

TEST_CASE("a file that could not be read is treated as another tool's, and not waited for") {
  const Desired desired = one_of_two();
  for (const seconds age : {seconds(0), core::max_silence}) {
    const Snapshot snapshot = both_after(age);
    Memory memory = memory_of(desired, snapshot);
    memory.read.insert(6);
    CHECK(plan(desired, snapshot, memory).rule == Rule::edit);
  }
}

TEST_CASE("no digest is awaited for files that are neither required nor in SHA256SUMS") {
  Desired desired = one_of_two();
  desired.required = {"a"};
  CHECK(plan_at(desired, observe(both())).rule == Rule::edit);
  desired.checksums = {Algorithm::sha256};
  CHECK(plan_at(desired, observe(both())).rule == Rule::wait_for_digest);
  desired.required.clear();
  CHECK(plan_at(desired, observe(both())).rule == Rule::write_checksums);
}

TEST_CASE("nothing is awaited in a release that no job fills, unless this run has written to it") {
  const Desired desired = one_of_two();
  Observed observed = both(false);
  observed.mark.reset();
  const Snapshot seen = observe(observed);
  CHECK(plan_at(desired, seen).rule == Rule::done);
  Waits waits;
  waits.wrote = true;
  CHECK(plan(desired, seen, memory_of(desired, seen), waits).rule == Rule::wait_for_digest);
}

TEST_CASE("in a public release a job records its own digests before it waits for others") {
  const Desired desired = one_of_two();
  const Snapshot snapshot = observe({false, commit, {asset(5, "a"), asset(4, "b")}});
  const Step step = plan(desired, snapshot, memory_with(desired, snapshot, asset(5, "a")));
  CHECK(step.rule == Rule::edit);
  CHECK(only<EditRelease>(step.now).recorded == std::vector<std::uint64_t>{5});
}

TEST_CASE("a SHA256SUMS of another job is read at once, since it may be correct") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  Observed observed = both();
  observed.record[6] = core::record_entry(asset(6, "b"), theirs);
  observed.assets.push_back(asset(7, "SHA256SUMS", 136));
  const Step step = plan_at(desired, observe(observed));
  CHECK(step.rule == Rule::read_others);
  CHECK(only<core::ReadChecksums>(step.now).asset.id == 7);
}

TEST_CASE("while files are missing there are no warnings about incomplete checksums and tables") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  desired.downloads = core::Downloads{{{"C", "c"}}, "", ""};
  const Memory memory = memory_of(desired, observe(complete(true, commit)));
  const Step waiting = plan(desired, observe(both()), memory);
  CHECK(waiting.rule == Rule::wait_for_digest);
  CHECK(only<Wait>(waiting.now).reason == "waiting for another job to announce the digest of b");
  CHECK(waiting.warnings.empty());
}

// --- tidy ---

TEST_CASE("before a set is published, all replaced files and announcements are deleted") {
  const Desired desired = one_of_two();
  Observed observed = {true, commit, {asset(2, "b"), asset(3, "a"), asset(5, "a"), asset(6, "b")}};
  observed.assets.push_back(announcement(7, asset(5, "a")));
  observed.assets.push_back(announcement(8, asset(6, "b"), theirs));
  const Step step = plan_at(desired, observe(observed));
  CHECK(step.rule == Rule::tidy);
  std::vector<std::uint64_t> gone;
  for (const core::Action& action : step.now)
    gone.push_back(std::get<DeleteAsset>(action).asset.id);
  CHECK(gone == std::vector<std::uint64_t>{3, 2, 7, 8});
}

TEST_CASE(
    "a complete set that the server has published is tidied before the mark is removed, too") {
  // It may become a draft again meanwhile, so that the edit publishes it.
  const Desired desired = one_of_two();
  Observed observed = {false, commit, {asset(5, "a"), asset(6, "b")}};
  observed.assets.push_back(announcement(7, asset(5, "a")));
  observed.assets.push_back(announcement(8, asset(6, "b"), theirs));
  const Step step = plan_at(desired, observe(observed));
  CHECK(step.rule == Rule::tidy);
  CHECK(at<DeleteAsset>(step.now, 0).asset.id == 7);
  CHECK(at<DeleteAsset>(step.now, 1).asset.id == 8);
}

TEST_CASE("a late file without a job is deleted from a draft, and kept in a public release") {
  const Desired desired = one_of_two();
  for (const bool draft : {true, false}) {
    core::Release release =
        snapshots::release_of({draft,
                               draft ? std::optional(commit) : std::nullopt,
                               {asset(5, "a"), asset(6, "b")},
                               {{5, core::record_entry(asset(5, "a"), ours)},
                                {6, core::record_entry(asset(6, "b"), theirs)}}});
    const std::chrono::sys_seconds noon(seconds(1'000'000));
    release.assets.push_back(asset(9, "b"));
    release.assets.back().created = noon;
    const Step step = plan_at(desired, core::snapshot_of(release, noon + core::max_silence));
    CHECK(step.rule == (draft ? Rule::tidy : Rule::done));
    if (draft) CHECK(only<DeleteAsset>(step.now).asset.id == 9);
  }
}

TEST_CASE("a SHA256SUMS with unknown content is never treated as a late file") {
  Desired desired = one_of_two();
  desired.checksums = {Algorithm::sha256};
  Observed observed = both();
  observed.record[6] = core::record_entry(asset(6, "b"), theirs);
  observed.record[7] = core::record_entry(asset(7, "SHA256SUMS"), ours);
  observed.assets.push_back(asset(7, "SHA256SUMS"));
  observed.assets.push_back(asset(9, "SHA256SUMS"));
  core::Release release = snapshots::release_of(observed);
  const std::chrono::sys_seconds noon(seconds(1'000'000));
  release.assets.back().created = noon;
  const Snapshot seen = core::snapshot_of(release, noon + core::max_silence);
  Memory memory = memory_of(desired, seen);
  CHECK(only<core::ReadChecksums>(plan(desired, seen, memory).now).asset.id == 9);
  memory.read.insert(9);  // and it could not be read
  CHECK(plan(desired, seen, memory).rule == Rule::write_checksums);
}

TEST_CASE("an older file of a set stays while the content of the newer one is unknown") {
  Desired desired = one_of_two();
  Observed observed = both();
  observed.assets.push_back(asset(2, "b"));
  const Snapshot seen = observe(observed);
  Memory memory = memory_of(desired, seen);
  memory.read.insert(6);  // it could not be read
  const Step step = plan(desired, seen, memory);
  CHECK(step.rule == Rule::edit);
  only<EditRelease>(step.now);
}
