// SPDX-License-Identifier: MIT
// Fan-in on a slow network, and jobs whose answers are lost.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "many/fan_in.hpp"
#include "many/rounds.hpp"

namespace many {
namespace {

constexpr int longest_spread_ms = 400;

void spread_starts(Round& round, std::vector<Job>& jobs) {
  for (Job& job : jobs) job.starts_after_ms = round.between(0, longest_spread_ms);
}

/// Uploads and looks of all jobs take so long that each is in the middle of what the others do.
void play_delayed(Round& round) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  auto jobs = fan_in_jobs(round, true);
  spread_starts(round, jobs);
  round.delay_everything();
  expect_whole_set(round, jobs);
  round.expect_success(round.run_together(jobs));
  expect_set(round, wanted_of(jobs));
}

/// Half of the jobs also bring a file of one name and one size, each with a content of its own.
void bring_rivals(Round& round, std::vector<Job>& jobs) {
  const std::string shape = round.content();
  for (std::size_t i = 0; i < jobs.size(); i += 2) {
    std::string content = shape;
    for (char& byte : content) byte = static_cast<char>(round.between(0, 255));
    jobs[i].files["common.bin"] = content;
  }
}

/// What is there in the end is one of what was brought; record and sums say which.
void expect_true_end(Round& round, const std::vector<Job>& jobs) {
  auto wanted = brought_by(jobs);
  if (jobs.front().inputs.contains("checksums")) wanted[sums_file] = {};
  round.expect_final({.assets = wanted});
}

void play_lost(Round& round, bool fan_in) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  auto jobs = fan_in ? fan_in_jobs(round, true) : round.jobs_with_own_files();
  if (!fan_in && round.chance(50)) {
    for (Job& job : jobs) job.inputs["checksums"] = "sha256";
  }
  const bool rivals = round.chance(60);
  if (rivals) bring_rivals(round, jobs);
  spread_starts(round, jobs);
  if (fan_in) {
    expect_whole_set(round, jobs);
    round.highest_may_go();  // of an upload without an answer, whose job is dead or sent it again
  } else {
    round.expect_complete(jobs);
  }
  if (round.chance(30)) jobs[0].killed_after_ms = round.between(0, 500);
  round.lose_answers();
  if (rivals) round.count("with rivals");
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  round.run_unfinished_again(jobs, ends);
  expect_true_end(round, jobs);
  if (fan_in) round.expect(round.counts["sums missing"] == 0, "SHA256SUMS IS SHORT");
}

/// Most of their time is waiting: for late answers, and for the word of jobs that are dead.
Case waiting(const std::string& name, unsigned rounds, std::vector<std::size_t> ladder) {
  Case one{name, std::move(ladder)};
  one.side_by_side = 8;
  one.rounds = rounds;
  return one;
}

const std::vector<std::size_t> some_jobs = {2, 4, 3, 8, 2, 6, 4, 16};

}  // namespace

TEST_CASE("fan-in with late uploads and late looks") {
  play_rounds(waiting("fan-in, all is late", 8, {16}), play_delayed);
}

TEST_CASE("fan-in with lost answers") {
  play_rounds(waiting("fan-in, lost answers", 8, some_jobs),
              [](Round& round) { play_lost(round, true); });
}

TEST_CASE("lost answers without fan-in") {
  play_rounds(waiting("lost answers", 12, some_jobs),
              [](Round& round) { play_lost(round, false); });
}

}  // namespace many
