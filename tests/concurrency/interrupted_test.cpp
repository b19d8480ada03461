// SPDX-License-Identifier: MIT
// Jobs that are killed and run again, and jobs that run again although everything is in place.
#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"
#include "support/rules.hpp"

namespace concurrency {
namespace {

using support::record_in;

/// The names of assets in the record.
std::set<std::string> recorded_names(const support::Release& release) {
  const auto record = record_in(release.body);
  std::set<std::string> names;
  for (const support::Asset& asset : release.assets) {
    if (record.contains(asset.id)) names.insert(asset.name);
  }
  return names;
}

bool has_all(const std::set<std::string>& names, const Job& job) {
  for (const auto& [name, content] : job.files) {
    if (!names.contains(name)) return false;
  }
  return true;
}

void killed_round(Round& round) {
  round.prepare(round.any_tag());
  round.disturb();
  auto jobs = round.jobs_with_own_files();
  const std::string shared = round.content();
  for (Job& job : jobs) {
    job.files["common.bin"] = shared;
    job.files["second-of-" + job.files.begin()->first] = round.content();
    job.inputs["jobs"] = round.chance(50) ? "1" : "3";
  }
  const Job whole = jobs[0];
  round.expect_complete(jobs);
  jobs[0].killed_after_ms = round.between(0, 200);
  if (round.job_count > 2 && round.chance(50)) jobs[1].killed_after_ms = round.between(0, 200);
  const bool at_once = round.chance(40);  // while the others are still running
  if (at_once) {
    jobs.push_back(whole);
    jobs.back().starts_after_ms =
        whole.starts_after_ms + *jobs[0].killed_after_ms + round.between(0, 40);
  }
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  std::vector<Job> again;
  for (std::size_t i = 0; i < 2; ++i) {
    if (ends[i].killed && !(at_once && i == 0)) again.push_back(jobs[i]);
    if (ends[i].killed) round.count("killed");
  }
  for (Job& job : again) job.killed_after_ms.reset();
  if (!again.empty()) round.expect_success(round.run_together(again));
  round.expect_final({.assets = brought_by(jobs)});
}

void again_round(Round& round) {
  round.prepare(round.any_tag());
  auto jobs = round.jobs_with_own_files();
  for (Job& job : jobs) {
    job.inputs["name"] = "Title";
    job.inputs["body"] = "Notes";
    job.inputs["prerelease"] = "true";
  }
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs), .titles = {"Title"}, .texts = {"Notes"}});

  const auto recorded = recorded_names(round.server().release(round.tag));
  const auto again = round.run_together(jobs);
  round.expect_success(again);
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (has_all(recorded, jobs[i])) {
      round.expect(again[i].uploads == 0, again[i].account + " SENT A RECORDED FILE AGAIN");
      round.expect(again[i].writes == 0, again[i].account + " WROTE though all was in place");
      round.count("had nothing to do");
    } else {
      round.count("sent again");
    }
  }
  round.expect_final({.assets = brought_by(jobs), .titles = {"Title"}, .texts = {"Notes"}});
}

}  // namespace

TEST_CASE("a job is killed and run again") {
  run_rounds({"a job killed and run again"}, killed_round);
}

TEST_CASE("all jobs run again") { run_rounds({"the same jobs again"}, again_round); }

TEST_CASE("one of the jobs runs again") {
  run_rounds({"one job alone, and again", {1}}, again_round);
}

}  // namespace concurrency
