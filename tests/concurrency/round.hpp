// SPDX-License-Identifier: MIT
// One round: a new tag, jobs that start together, an observer, and a check of the outcome.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "concurrency/round_server.hpp"
#include "support/expected_release.hpp"
#include "support/observer.hpp"
#include "support/workspace.hpp"

namespace concurrency {

using support::Expected;
using support::ExpectedRelease;
using support::Observer;
using support::Seen;

/// A job of a workflow, started by the push of the tag unless `dispatched`.
struct Job {
  std::map<std::string, std::string> files = {};  ///< name and content
  std::map<std::string, std::string> inputs = {};
  std::string commit = {};  ///< the one that it built
  bool dispatched = false;
  int starts_after_ms = 0;
  std::optional<int> killed_after_ms = {};
  std::function<void()> before_start = {};
};

/// How a job ended, and what the server's log says about it.
struct JobEnd {
  support::Run run;
  std::string account;
  int requests = 0;
  int looks = 0;
  int writes = 0;
  int uploads = 0;
  bool killed = false;
  bool overtaken = false;  ///< one of its writes was carried out after its last read
};

/// When the tag is pushed, compared with the start of the jobs.
enum class Tag { absent, just_before, long_before };

class Round {
 public:
  Round(RoundServer& round_server, std::size_t job_count, unsigned seed);

  const std::string tag;
  const std::string commit;  ///< the head of main when the round began
  const std::size_t job_count;
  RoundServer& round_server() { return round_server_; }
  support::Server& server() { return round_server_.server(); }
  Observer& observer() { return onlooker_; }
  const std::string& owner() const { return round_server_.owner(); }

  // Random decisions, all derived from the seed.
  int between(int low, int high);
  bool chance(int percent) { return between(1, 100) <= percent; }
  std::string content();
  Tag any_tag();

  // The circumstances.
  void prepare(Tag tag);
  /// A server that is slow at some points, with long periods in which updates can be lost.
  void disturb();
  /// All uploads and reads are slow, in the request or in the response.
  void delay_everything();
  /// The responses to a quarter of the writes are lost.
  void lose_answers();
  void calm();  ///< ends all these disturbances
  void fault(const std::string& kind, const std::string& method, const std::string& path, int skip,
             int times, int ms = 0);
  /// `job_count` jobs, each with a file of its own.
  std::vector<Job> jobs_with_own_files();
  /// Starts the jobs, each at its time, and waits for all of them; `meanwhile` runs in parallel.
  std::vector<JobEnd> run_together(const std::vector<Job>& jobs,
                                   const std::function<void()>& meanwhile = {});
  /// Runs those jobs again that were killed, and those with a write that was carried out after
  /// their last read, because they cannot know about it. The repetitions must succeed.
  void run_unfinished_again(const std::vector<Job>& jobs, const std::vector<JobEnd>& ended);

  // The expected outcome.
  void expect(bool condition, const std::string& what);
  void expect_success(const std::vector<JobEnd>& ends);
  void expect_final(const ExpectedRelease& final);
  void names_may_vanish() { expected_.names_may_vanish = lower_id_may_stay_ = true; }
  /// An older asset of the same name may remain in the end, because nobody announced what the newer
  /// one contains.
  void lower_id_may_stay() { lower_id_may_stay_ = true; }
  void allow_notes_without_flag() { notes_without_flag_ = true; }  ///< of a draft without our mark
  void is_deleted_by_somebody() {
    deleted_by_somebody_ = true;
    names_may_vanish();
  }
  void expect_commit(const std::string& commit_sha) { expected_.commits.insert(commit_sha); }
  void expect_complete(const std::vector<Job>& jobs);  ///< one of these sets, once public
  /// The present release, with its mark; std::nullopt if there is none.
  std::optional<Seen> release_now();
  /// Ends the observation, reports what was observed, and deletes the release.
  void finish();

  void count(const std::string& what, int number = 1) { counts[what] += number; }
  const std::vector<Logged>& requests() const { return requests_; }
  std::string evidence() const;

  std::vector<std::string> failures;
  std::map<std::string, int> counts;  ///< further figures for the table
  std::vector<JobEnd> ends;           ///< of all jobs that were run
  double seconds = 0;                 ///< of the longest run_together

 private:
  void tally(std::vector<JobEnd>& ended);
  bool landed_late(const std::string& asset) const;

  RoundServer& round_server_;
  std::mt19937 random_;
  Expected expected_;
  bool deleted_by_somebody_ = false;
  bool lower_id_may_stay_ = false;
  bool notes_without_flag_ = false;
  std::optional<Clock::time_point> row_due_;  ///< of a tag that was just pushed
  std::vector<Logged> requests_;
  Observer onlooker_;
};

/// The files of the jobs: for each name, the contents that may be there in the end.
std::map<std::string, std::set<std::string>> brought_by(const std::vector<Job>& jobs);

}  // namespace concurrency
