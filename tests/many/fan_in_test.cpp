// SPDX-License-Identifier: MIT
// Fan-in: every job brings a file of its own and waits for those of all; whoever completes the set
// publishes it, with the sums and the table over all of them.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "many/fan_in.hpp"
#include "many/rounds.hpp"

namespace many {
namespace {

/// Half of the rounds want sums and table.
std::vector<Job> usual_jobs(Round& round) { return fan_in_jobs(round, round.chance(60)); }

void play_fan_in(Round& round, Tag tag) {
  round.prepare(tag);
  if (round.chance(70)) round.roughen();
  const auto jobs = usual_jobs(round);
  expect_whole_set(round, jobs);
  round.expect_success(round.run_together(jobs));
  expect_set(round, wanted_of(jobs));
}

/// A job is killed somewhere and repeated, at once or when the others have ended.
void play_killed(Round& round) {
  round.prepare(round.any_tag());
  round.roughen();
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

/// One job fails, and what the others brought stays a draft with the mark; its repetition publishes.
void play_failed(Round& round) {
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

/// A tag that is moved when all but one have brought theirs: nothing of the old commit is left.
void play_moved(Round& round) {
  round.names_may_go();
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

TEST_CASE("fan-in with the tag not there") {
  play_rounds({"fan-in, no tag"}, [](Round& r) { play_fan_in(r, Tag::absent); });
}

TEST_CASE("fan-in with the tag pushed just before") {
  play_rounds({"fan-in, tag just pushed"}, [](Round& r) { play_fan_in(r, Tag::just_before); });
}

TEST_CASE("fan-in with the tag pushed long before") {
  play_rounds({"fan-in, tag long there"}, [](Round& r) { play_fan_in(r, Tag::long_before); });
}

TEST_CASE("fan-in with a job that is killed and repeated") {
  // Others wait a minute for the word of a job that is dead.
  Case killed{"fan-in, a job killed and repeated"};
  killed.side_by_side = 12;
  play_rounds(killed, play_killed);
}

TEST_CASE("fan-in with a job that comes later") {
  play_rounds({"fan-in, a job comes later"}, play_failed);
}

TEST_CASE("fan-in with a tag that is moved") { play_rounds({"fan-in, moved tag"}, play_moved); }

TEST_CASE("sums and table by jobs that do not wait for one another") {
  play_rounds({"sums and table without fan-in"}, [](Round& round) {
    round.prepare(round.any_tag());
    if (round.chance(70)) round.roughen();
    auto jobs = round.jobs_with_own_files();
    for (Job& job : jobs) job.inputs = {{"checksums", "sha256"}, {"downloads", "true"}};
    round.expect_complete(jobs);
    round.expect_success(round.run_together(jobs));
    auto wanted = brought_by(jobs);
    const auto now = round.server().release(round.tag);
    // An entry lost twice is let go, and its asset left out: the sums may be short, never wrong.
    const std::string truth = sums_of(wanted);
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

}  // namespace many
