// SPDX-License-Identifier: MIT
// One round: a fresh tag, jobs that start together, somebody who looks on, and what has to come out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "many/stage.hpp"
#include "support/final.hpp"
#include "support/onlooker.hpp"
#include "support/workspace.hpp"

namespace many {

using support::Expected;
using support::Final;
using support::Onlooker;
using support::Seen;

/// A job of a workflow, started by the push of the tag unless `dispatched`.
struct Job {
  std::map<std::string, std::string> files = {};  ///< name and content
  std::map<std::string, std::string> inputs = {};
  std::string commit = {};  ///< that it built
  bool dispatched = false;
  int starts_after_ms = 0;
  std::optional<int> killed_after_ms = {};
  std::function<void()> before_start = {};
};

/// How a job ended, and what the server's log says of it.
struct JobEnd {
  support::Run run;
  std::string account;
  int requests = 0;
  int looks = 0;
  int writes = 0;
  int uploads = 0;
  bool killed = false;
  bool overtaken = false;  ///< a write of its own was carried out after its last look
};

/// When the tag is pushed, seen from the jobs.
enum class Tag { absent, just_before, long_before };

class Round {
 public:
  Round(Stage& stage, std::size_t job_count, unsigned seed);

  const std::string tag;
  const std::string commit;  ///< the head of main when the round began
  const std::size_t job_count;
  Stage& stage() { return stage_; }
  support::Server& server() { return stage_.server(); }
  Onlooker& onlooker() { return onlooker_; }
  const std::string& owner() const { return stage_.owner(); }

  // The dice, all from the seed.
  int between(int low, int high);
  bool chance(int percent) { return between(1, 100) <= percent; }
  std::string content();
  Tag any_tag();

  // The scene.
  void prepare(Tag tag);
  /// A server that is slow here and there, with wide windows for lost updates.
  void roughen();
  /// All uploads and looks take long, on the way there or back.
  void delay_everything();
  /// Answers to a quarter of the writes are lost.
  void lose_answers();
  void calm();  ///< no more of any of these
  void fault(const std::string& kind, const std::string& method, const std::string& path, int skip,
             int times, int ms = 0);
  /// `job_count` jobs, each with a file of its own.
  std::vector<Job> jobs_with_own_files();
  /// Starts the jobs, each when it is due, and waits for all of them; `meanwhile` runs beside.
  std::vector<JobEnd> run_together(const std::vector<Job>& jobs,
                                   const std::function<void()>& meanwhile = {});
  /// Runs those again that were killed, and those of which a write was carried out when they had looked
  /// for the last time: nobody can know of that. They have to succeed.
  void run_unfinished_again(const std::vector<Job>& jobs, const std::vector<JobEnd>& ended);

  // What has to come out.
  void expect(bool condition, const std::string& what);
  void expect_success(const std::vector<JobEnd>& ends);
  void expect_final(const Final& final);
  void names_may_go() { expected_.names_may_go = highest_may_go_ = true; }
  /// Of one name a lower id may stay in the end: nobody told what the higher one holds.
  void highest_may_go() { highest_may_go_ = true; }
  void allow_notes_without_flag() { notes_without_flag_ = true; }  ///< of a draft without our mark
  void is_deleted_by_somebody() {
    deleted_by_somebody_ = true;
    names_may_go();
  }
  void expect_commit(const std::string& commit_sha) { expected_.commits.insert(commit_sha); }
  void expect_complete(const std::vector<Job>& jobs);  ///< one of their sets, once published
  /// The release as it is, with the mark; std::nullopt where there is none.
  std::optional<Seen> release_now();
  /// Ends the looking on, says what was seen, and removes the release.
  void finish();

  void count(const std::string& what, int number = 1) { counts[what] += number; }
  const std::vector<Logged>& requests() const { return requests_; }
  std::string evidence() const;

  std::vector<std::string> failures;
  std::map<std::string, int> counts;  ///< what else is worth a word in the table
  std::vector<JobEnd> ends;           ///< of all jobs that were run
  double seconds = 0;                 ///< of the longest run_together

 private:
  void tally(std::vector<JobEnd>& ended);
  bool landed_late(const std::string& asset) const;

  Stage& stage_;
  std::mt19937 random_;
  Expected expected_;
  bool deleted_by_somebody_ = false;
  bool highest_may_go_ = false;
  bool notes_without_flag_ = false;
  std::optional<Clock::time_point> row_due_;  ///< of a tag that was just pushed
  std::vector<Logged> requests_;
  Onlooker onlooker_;
};

/// What the jobs bring: by name, the contents that may be there in the end.
std::map<std::string, std::set<std::string>> brought_by(const std::vector<Job>& jobs);

}  // namespace many
