// SPDX-License-Identifier: MIT
// Fan-in on a slow network, and jobs whose responses are lost.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "concurrency/fan_in.hpp"
#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

constexpr int longest_spread_ms = 400;

void spread_starts(Round& round, std::vector<Job>& jobs) {
  for (Job& job : jobs) job.starts_after_ms = round.between(0, longest_spread_ms);
}

/// Uploads and reads of all jobs are so slow that each one overlaps with writes of the others.
void delayed_round(Round& round) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  auto jobs = fan_in_jobs(round, true);
  spread_starts(round, jobs);
  round.delay_everything();
  expect_whole_set(round, jobs);
  round.expect_success(round.run_together(jobs));
  expect_set(round, wanted_of(jobs));
}

/// Half of the jobs also bring a file with one name and size, each with different content.
void bring_rivals(Round& round, std::vector<Job>& jobs) {
  const std::string shape = round.content();
  for (std::size_t i = 0; i < jobs.size(); i += 2) {
    std::string content = shape;
    for (char& byte : content) byte = static_cast<char>(round.between(0, 255));
    jobs[i].files["common.bin"] = content;
  }
}

/// In the end the file has one of these contents; record and checksums say which.
void expect_correct_end(Round& round, const std::vector<Job>& jobs) {
  auto wanted = brought_by(jobs);
  if (jobs.front().inputs.contains("checksums")) wanted[sums_file] = {};
  round.expect_final({.assets = wanted});
}

void lost_round(Round& round, bool fan_in) {
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
    round.lower_id_may_stay();  // from an unanswered upload whose job is dead or has repeated it
  } else {
    round.expect_complete(jobs);
  }
  if (round.chance(30)) jobs[0].killed_after_ms = round.between(0, 500);
  round.lose_answers();
  if (rivals) round.count("with rivals");
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  round.run_unfinished_again(jobs, ends);
  expect_correct_end(round, jobs);
  if (fan_in) round.expect(round.counts["sums missing"] == 0, "SHA256SUMS IS SHORT");
}

/// Most of the time is spent waiting: for late responses, and for announcements of dead jobs.
Case waiting(const std::string& name, unsigned rounds, std::vector<std::size_t> ladder) {
  Case one{name, std::move(ladder)};
  one.side_by_side = 8;
  one.rounds = rounds;
  return one;
}

const std::vector<std::size_t> some_jobs = {2, 4, 3, 8, 2, 6, 4, 16};

}  // namespace

TEST_CASE("fan-in with late uploads and late reads") {
  run_rounds(waiting("fan-in, all is late", 8, {16}), delayed_round);
}

TEST_CASE("fan-in with lost responses") {
  run_rounds(waiting("fan-in, lost answers", 8, some_jobs),
             [](Round& round) { lost_round(round, true); });
}

TEST_CASE("lost responses without fan-in") {
  run_rounds(waiting("lost answers", 12, some_jobs),
             [](Round& round) { lost_round(round, false); });
}

}  // namespace concurrency
