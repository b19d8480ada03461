// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "commands/heartbeat.hpp"
#include "commands/interruption.hpp"
#include "commands/job.hpp"
#include "commands/upload.hpp"
#include "core/release/session.hpp"
#include "gitea/api.hpp"
#include "runner/log.hpp"

namespace commands {

/// Carries out the actions that a session decides on, and logs them. Decides nothing itself.
class SessionRunner {
 public:
  SessionRunner(Job& job, runner::Log& log);

  /// Throws Error; session() then shows the progress.
  void run();

  const core::Session& session() const { return session_; }
  bool is_dry_run() const { return job_.inputs.dry_run; }
  /// What a dry run has found to do.
  const std::vector<std::string>& forecast() const { return forecast_; }

 private:
  void carry_out(const core::Step& step);
  bool carry_out_one(const core::Action& action);
  bool carry_out_uploads(const std::vector<core::UploadAsset>& uploads);
  bool take(const core::Action& action, const core::Result& result);
  core::Result result_of(const core::Action& action);
  core::Result failure_of(const core::Error& error);

  core::Ok perform(const core::ReadRelease& action);
  core::Ok perform(const core::ConfirmTag& action);
  core::Ok perform(const core::ResolveTarget& action);
  core::Ok perform(const core::GenerateNotes& action);
  core::Ok perform(const core::HashFile& action);
  core::Ok perform(const core::ReadAsset& action);
  core::Ok perform(const core::ReadChecksums& action);
  core::Ok perform(const core::Wait& action);
  core::Ok perform(const core::CreateTag& action);
  core::Ok perform(const core::CreateRelease& action);
  core::Ok perform(const core::UploadAsset& action);
  core::Ok perform(const core::DeleteAsset& action);
  core::Ok perform(const core::EditRelease& action);
  core::Ok perform(const core::AnnounceDigest& action);

  void check_before(const core::Action& action);
  void log_before(const core::Action& action);
  void log_after(const core::Action& action);
  void watch_during_uploads();
  bool one_large_at_a_time(const std::vector<core::UploadAsset>& uploads);
  void warn(const std::string& text);  ///< logs each text only once

  Job& job_;
  runner::Log& log_;
  Interruption interruption_;
  Heartbeat heartbeat_;
  gitea::Api api_;
  Heartbeat::Pulse pulse_;
  core::Session session_;
  std::set<std::string> warned_;
  std::vector<std::string> forecast_;
  bool has_suspected_cause_ = false;
  std::string last_wait_;  ///< the reason of the last Wait, so that it is logged only once
};

}  // namespace commands
