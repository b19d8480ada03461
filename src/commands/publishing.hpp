// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "commands/heartbeat.hpp"
#include "commands/job.hpp"
#include "commands/rounds.hpp"
#include "commands/watch.hpp"
#include "core/memory.hpp"
#include "core/plan.hpp"
#include "gitea/api.hpp"
#include "runner/log.hpp"

namespace commands {

/// How far a run came; also valid after it failed.
struct Outcome {
  core::Observed look;  ///< the last one
  core::Memory memory;
  std::set<std::string> replaced;  ///< names whose uploads took the place of older assets
  core::Waiting waiting;           ///< what the release was waiting for at that look
  int writes = 0;
  bool skipped = false;
};

/// Looks, plans, does the first step of the plan, and looks again, until the plan is empty. A lost
/// answer, a competing job and a killed run are all the same case: the next look decides.
class Publishing {
 public:
  Publishing(Job& job, runner::Log& log);

  /// Throws Error; what was done until then is in outcome().
  void run();

  const Outcome& outcome() const { return outcome_; }

 private:
  // One round.
  bool round();  ///< true when nothing is left to do
  void look();
  void first_look();
  void adopt_landed_uploads();
  void take_digests();
  void show_dry_run(const core::Plan& plan);
  bool keeps_watching();

  // What keeps it from working.
  void check_beforehand(const core::Plan& plan);
  void stop_where_it_is_in_vain(const core::Error& error);

  // Doing.
  void apply(const core::Plan& plan);
  void create(const core::CreateRelease& action);
  void edit(const core::EditRelease& action, bool starts_over);
  void upload(const std::vector<core::UploadAsset>& uploads);
  bool one_large_at_a_time(const std::vector<core::UploadAsset>& uploads);

  // A tag that moves, a draft that the server publishes.
  void check_tag_has_not_moved();
  void watch_during_uploads();

  void warn(const std::string& text);  ///< each once
  const core::Release& release() const { return *outcome_.look.release; }

  Job& job_;
  runner::Log& log_;
  Heartbeat heartbeat_;
  gitea::Api api_;
  Outcome outcome_;
  core::Memory& memory_ = outcome_.memory;

  Rounds rounds_;
  bool looked_ = false;
  bool create_refused_ = false;
  bool checked_ = false;               ///< what can be known before the first write
  bool suspected_ = false;             ///< a cause that may be behind a failure
  bool start_over_confirmed_ = false;  ///< the tag was asked for, before the look in hand
  struct Lost {
    core::UploadAsset upload;
    std::uint64_t highest_before = 0;  ///< id
  };
  std::map<std::string, Lost> lost_;  ///< uploads without an answer, by name
  std::set<std::string> warned_;
  Watch watch_;
};

}  // namespace commands
