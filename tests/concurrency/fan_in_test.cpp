// SPDX-License-Identifier: MIT
// Fan-in: every job uploads its own file and waits for all others; the job that completes the set
// publishes it, with checksums and table for all files.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "concurrency/fan_in.hpp"
#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

/// Half of the rounds have checksums and a table.
std::vector<Job> usual_jobs(Round& round) { return fan_in_jobs(round, round.chance(60)); }

void fan_in_round(Round& round, Tag tag) {
  round.prepare(tag);
  if (round.chance(70)) round.disturb();
  const auto jobs = usual_jobs(round);
  expect_whole_set(round, jobs);
  round.expect_success(round.run_together(jobs));
  expect_set(round, wanted_of(jobs));
}

/// A job is killed at a random moment and repeated, at once or after the others have ended.
void killed_round(Round& round) {
  round.prepare(round.any_tag());
  round.disturb();
  auto jobs = usual_jobs(round);
  expect_whole_set(round, jobs);
  const auto wanted = wanted_of(jobs);
  Job again = jobs[0];
  jobs[0].killed_after_ms = round.between(0, 200);
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  if (ends[0].killed) {
    round.count("killed");
    round.expect_success(round.run_together({again}));
  }
  expect_set(round, wanted);
}

/// One job fails, and the files of the others stay in a draft with the mark; its repetition
/// publishes.
void failed_round(Round& round) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  auto jobs = usual_jobs(round);
  expect_whole_set(round, jobs);
  const auto wanted = wanted_of(jobs);
  const Job missing = jobs.back();
  jobs.pop_back();
  round.expect_success(round.run_together(jobs));
  const auto now = round.release_now();
  round.expect(now && now->release->draft && !now->mark.empty(), "PUBLISHED without the last file");
  round.expect_success(round.run_together({missing}));
  expect_set(round, wanted);
}

/// A tag that is moved when all jobs but one have uploaded: nothing of the old commit may be left.
void moved_round(Round& round) {
  round.names_may_vanish();
  round.prepare(Tag::long_before);
  auto jobs = usual_jobs(round);
  const std::vector<Job> old_jobs(jobs.begin(), jobs.end() - 1);
  round.expect_success(round.run_together(old_jobs));
  const std::string commit = round.server().new_commit();
  round.expect_commit(commit);
  round.server().push_tag(round.tag, round.chance(50) ? 0 : round.between(0, 80));
  for (Job& job : jobs) {
    job.commit = commit;
    job.files.begin()->second = "new " + round.content();
  }
  round.expect_success(round.run_together(jobs));
  expect_set(round, wanted_of(jobs));
}

}  // namespace

TEST_CASE("fan-in before the tag exists") {
  run_rounds({"fan-in, no tag"}, [](Round& r) { fan_in_round(r, Tag::absent); });
}

TEST_CASE("fan-in for a tag that was just pushed") {
  run_rounds({"fan-in, tag just pushed"}, [](Round& r) { fan_in_round(r, Tag::just_before); });
}

TEST_CASE("fan-in for a tag that was pushed long before") {
  run_rounds({"fan-in, tag long there"}, [](Round& r) { fan_in_round(r, Tag::long_before); });
}

TEST_CASE("fan-in with a job that is killed and repeated") {
  // Others wait a minute for the announcement of a dead job.
  Case killed{"fan-in, a job killed and repeated"};
  killed.side_by_side = 12;
  run_rounds(killed, killed_round);
}

TEST_CASE("fan-in with a job that starts late") {
  run_rounds({"fan-in, a job comes later"}, failed_round);
}

TEST_CASE("fan-in with a tag that is moved") { run_rounds({"fan-in, moved tag"}, moved_round); }

TEST_CASE("checksums and Downloads table of jobs that do not wait for each other") {
  run_rounds({"sums and table without fan-in"}, [](Round& round) {
    round.prepare(round.any_tag());
    if (round.chance(70)) round.disturb();
    auto jobs = round.jobs_with_own_files();
    for (Job& job : jobs) job.inputs = {{"checksums", "sha256"}, {"downloads", "true"}};
    round.expect_complete(jobs);
    round.expect_success(round.run_together(jobs));
    auto wanted = brought_by(jobs);
    const auto now = round.server().release(round.tag);
    // An entry that is lost twice is given up, and its asset left out: the checksums may be
    // incomplete, but never wrong.
    const std::string truth = checksum_file_of(wanted);
    const std::string there = round.server().download(round.tag, sums_file).body;
    std::istringstream lines(there);
    for (std::string line; std::getline(lines, line);) {
      round.expect(truth.find(line + "\n") != std::string::npos, "WRONG SUM " + line);
    }
    if (there != truth) round.count("short sums");
    wanted[sums_file] = {there};
    round.expect_final({.assets = wanted});
  });
}

}  // namespace concurrency
