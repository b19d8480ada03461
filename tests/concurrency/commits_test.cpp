// SPDX-License-Identifier: MIT
// Jobs of several commits for a tag that does not exist. Nobody can know which commit is right, so
// the first one continues and the others give way.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

/// The messages of a job that gives way: because of the other commit's draft, or because of the
/// tag.
bool says_why(const support::Run& run) {
  const auto& log = run.log;
  return log.find("so this run stops") != std::string::npos ||
         log.find("during this run for") != std::string::npos;
}

/// The jobs of every commit bring the same file names. No job publishes before all have begun: a
/// run that begins when the tag exists is a run for that tag.
std::vector<Job> jobs_of(Round& round, const std::vector<std::string>& commits) {
  std::vector<Job> jobs;
  for (const std::string& commit : commits) {
    for (std::size_t i = 0; i < round.job_count; ++i) {
      Job job;
      job.commit = commit;
      job.dispatched = true;
      job.starts_after_ms = round.chance(30) ? 0 : round.between(0, 150);
      for (int k = 0; k < 3; ++k) {
        job.files[fmt::format("asset-{:02}-{}.bin", i, k)] = commit + round.content();
      }
      jobs.push_back(job);
    }
  }
  return jobs;
}

void delay_uploads(Round& round, std::size_t jobs) {
  for (int i = 3 * static_cast<int>(jobs); i > 0; --i) {
    round.fault(round.chance(50) ? "late" : "delay", "POST", "/assets?name=", 0, 1,
                round.between(400, 900));
  }
}

std::vector<Job> of_commit(const std::vector<Job>& jobs, const std::string& commit) {
  std::vector<Job> result;
  std::ranges::copy_if(jobs, std::back_inserter(result),
                       [&](const Job& job) { return job.commit == commit; });
  return result;
}

void commits_round(Round& round, std::size_t count) {
  round.names_may_vanish();
  std::vector<std::string> commits = {round.commit};
  while (commits.size() < count) commits.push_back(round.server().new_commit());
  for (const std::string& commit : commits) round.expect_commit(commit);
  const auto jobs = jobs_of(round, commits);
  delay_uploads(round, jobs.size());
  if (round.chance(50)) round.fault("drop", "POST", "/releases", 0, 1);
  const auto ends = round.run_together(jobs);

  const std::string winner = round.server().tag_commit(round.tag);
  round.expect(std::ranges::count(commits, winner) == 1, "NO COMMIT HAS WON");
  std::size_t uploads = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const support::Run& run = ends[i].run;
    uploads += static_cast<std::size_t>(ends[i].uploads);
    if (jobs[i].commit == winner) {
      round.expect(run.status == 0, ends[i].account + " of the commit that won FAILED");
    } else {
      round.expect(run.status == 1, fmt::format("{} ended with {}", ends[i].account, run.status));
      round.expect(says_why(run), ends[i].account + " DOES NOT SAY WHY");
      round.count("gave way");
    }
  }
  const std::size_t files = 3 * jobs.size();
  round.count("uploads for " + std::to_string(files) + " files", static_cast<int>(uploads));
  round.expect(uploads <= 2 * files, fmt::format("{} UPLOADS for {} files", uploads, files));
  const auto winners = of_commit(jobs, winner);
  round.expect_final({.assets = brought_by(winners)});
}

/// A job of one commit is killed; a job of the other takes its draft over.
void dead_round(Round& round) {
  round.names_may_vanish();
  const std::string other = round.server().new_commit();
  round.expect_commit(other);
  auto jobs = jobs_of(round, {round.commit, other});
  jobs[0].starts_after_ms = 0;
  jobs[0].killed_after_ms = round.between(100, 300);
  delay_uploads(round,
                1);  // its upload arrives before the other job reads, otherwise it would seem alive
  jobs[1].starts_after_ms = round.between(1'300, 1'600);
  const auto ends = round.run_together(jobs);
  if (!ends[0].killed) return round.count("ended before it was killed");
  round.count("killed");
  round.expect_success(ends);
  round.expect(round.server().tag_commit(round.tag) == other, "THE TAG IS NOT AT ITS COMMIT");
  round.expect_final({.assets = brought_by({jobs[1]})});
}

}  // namespace

TEST_CASE("jobs of two commits, before the tag exists") {
  Case two{"two commits, no tag", {1, 1, 2, 1, 4}};
  two.side_by_side = 6;
  two.rounds = 12;
  run_rounds(two, [](Round& round) { commits_round(round, 2); });
}

TEST_CASE("jobs of three commits, before the tag exists") {
  Case three{"three commits, no tag", {1, 2, 1}};
  three.side_by_side = 6;
  three.rounds = 6;
  run_rounds(three, [](Round& round) { commits_round(round, 3); });
}

TEST_CASE("a job of another commit is killed before the tag exists") {
  // A job that takes its draft over watches it for half a minute first.
  Case dead{"two commits, one killed", {1}};
  dead.side_by_side = 8;
  dead.rounds = 3;
  run_rounds(dead, dead_round);
}

}  // namespace concurrency
