// SPDX-License-Identifier: MIT
// Jobs of several commits for a tag that does not exist: nobody can tell which commit is meant, so that
// whoever came first goes on, and the others give way.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "many/rounds.hpp"

namespace many {
namespace {

/// What a job says that gives way: at a draft of the other commit, or at the tag.
bool says_why(const support::Run& run) {
  const auto& log = run.log;
  return log.find("so this run gives way") != std::string::npos ||
         log.find("while this run of") != std::string::npos;
}

/// Every commit's jobs bring the same names. None is published before all have begun: a run that begins
/// when the tag is there is one for that tag.
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

void play_commits(Round& round, std::size_t count) {
  round.names_may_go();
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
void play_dead(Round& round) {
  round.names_may_go();
  const std::string other = round.server().new_commit();
  round.expect_commit(other);
  auto jobs = jobs_of(round, {round.commit, other});
  jobs[0].starts_after_ms = 0;
  jobs[0].killed_after_ms = round.between(100, 300);
  delay_uploads(round,
                1);  // what it has sent is there before the other one looks, or it would seem alive
  jobs[1].starts_after_ms = round.between(1'300, 1'600);
  const auto ends = round.run_together(jobs);
  if (!ends[0].killed) return round.count("ended before it was killed");
  round.count("killed");
  round.expect_success(ends);
  round.expect(round.server().tag_commit(round.tag) == other, "THE TAG IS NOT AT ITS COMMIT");
  round.expect_final({.assets = brought_by({jobs[1]})});
}

}  // namespace

TEST_CASE("two commits for a tag that does not exist") {
  Case two{"two commits, no tag", {1, 1, 2, 1, 4}};
  two.side_by_side = 6;
  two.rounds = 12;
  play_rounds(two, [](Round& round) { play_commits(round, 2); });
}

TEST_CASE("three commits for a tag that does not exist") {
  Case three{"three commits, no tag", {1, 2, 1}};
  three.side_by_side = 6;
  three.rounds = 6;
  play_rounds(three, [](Round& round) { play_commits(round, 3); });
}

TEST_CASE("a job of another commit is killed before there is a tag") {
  // Whoever takes its draft over watches it for half a minute.
  Case dead{"two commits, one killed", {1}};
  dead.side_by_side = 8;
  dead.rounds = 3;
  play_rounds(dead, play_dead);
}

}  // namespace many
