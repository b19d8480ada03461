// SPDX-License-Identifier: MIT
// A tag that is moved to another commit: the draft of the old commit is started over, once, and
// none of its files remains.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

constexpr const char* moved = "was moved";

/// Jobs of the old commit are uploading when the tag is moved, or start afterwards; jobs of the new
/// one start directly afterwards.
void moved_round(Round& round) {
  round.names_may_vanish();
  support::Server& server = round.server();
  server.push_tag(round.tag, round.chance(50) ? 0 : round.between(0, 80));
  const std::string new_commit = server.new_commit();
  round.expect_commit(new_commit);
  const int when = round.between(100, 300);
  std::vector<Job> jobs;
  const int old_jobs = static_cast<int>(round.job_count);
  for (int i = 0; i < old_jobs; ++i) {
    Job job;
    job.commit = round.commit;
    job.files[fmt::format("asset-{:02}.bin", i)] = "old " + round.content();
    if (round.chance(50)) job.files[fmt::format("old-only-{:02}.bin", i)] = round.content();
    const bool late = i > 0 && round.chance(20);
    job.starts_after_ms = late ? when + round.between(10, 200) : round.between(0, when - 60);
    jobs.push_back(job);
  }
  // All uploads that begin before the move get their responses after it: nobody publishes before.
  round.fault("delay", "POST", "/assets?name=", 0, 2 * old_jobs, when + 250);
  // One or two reads of the tag or the release show the state before the move, but arrive after it.
  for (int i = round.between(0, 2); i > 0; --i) {
    round.fault("delay", "GET", "/tags/" + round.tag, round.between(0, 2 * old_jobs), 1,
                when + round.between(0, 200));
  }
  std::vector<Job> new_jobs;
  bool too_late = false;
  for (int i = 0; i < old_jobs; ++i) {
    Job job;
    job.commit = new_commit;
    job.files[fmt::format("asset-{:02}.bin", i)] = "new " + round.content();
    job.starts_after_ms = when + (i == 0 ? 0 : round.between(5, 150));
    new_jobs.push_back(job);
  }
  new_jobs[0].before_start = [&] {
    const auto now = round.observer().latest();
    too_late = now && now->published();
    server.push_tag(round.tag, round.chance(50) ? 0 : round.between(0, 300));
  };
  jobs.insert(jobs.end(), new_jobs.begin(), new_jobs.end());
  const auto ends = round.run_together(jobs);
  if (too_late) {
    round.count("published before the move");
    return;
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const support::Run& run = ends[i].run;
    const bool old = i < round.job_count;
    const bool said_so = run.status == 1 && run.log.find(moved) != std::string::npos;
    round.expect(old ? said_so : run.status == 0,
                 fmt::format("{} of the {} commit ended with {}", ends[i].account,
                             old ? "old" : "new", run.status));
  }
  round.expect_final({.assets = brought_by(new_jobs)});
}

/// A draft of the old commit, left incomplete by a run that was killed, and N jobs of the new
/// commit.
void left_behind_round(Round& round) {
  round.names_may_vanish();
  support::Server& server = round.server();
  core::JsonObject json;
  json.add("tag_name", round.tag).add("target_commitish", round.commit).add("draft", true);
  json.add("name", "Their title");
  json.add("body",
           "Their notes\n\n<!-- gitea-release: being filled for commit " + round.commit + " -->");
  const auto draft = server.create_release(json.text());
  server.upload(draft.id, "asset-00.bin", "old");
  server.upload(draft.id, "old-only.bin", "old");
  round.expect_commit(server.new_commit());
  server.push_tag(round.tag, round.chance(30) ? 0 : round.between(0, 300));
  if (round.chance(60)) round.disturb();
  auto jobs = round.jobs_with_own_files();
  for (Job& job : jobs) {
    job.commit = server.commit();
    job.dispatched = false;
  }
  round.expect_success(round.run_together(jobs));
  round.expect_final(
      {.assets = brought_by(jobs), .titles = {"Their title"}, .texts = {"Their notes"}});
}

}  // namespace

TEST_CASE("the tag is moved while jobs run") {
  run_rounds({"the tag is moved during the runs", {2, 2, 2, 4, 4, 8}}, moved_round);
}

TEST_CASE("the tag is moved after a run was killed") {
  run_rounds({"the tag was moved, a draft is left"}, left_behind_round);
}

}  // namespace concurrency
