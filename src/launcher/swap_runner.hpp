// SPDX-License-Identifier: MIT
// Carries out the steps of an update that core::next_step decides.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/update/swap.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"
#include "launcher/log.hpp"

namespace launcher {

/// What to start.
enum class Decision {
  current,
  previous,  ///< the old version where it lies, because it cannot be moved
  nothing    ///< the data belongs to another version, and cannot be put back
};

class SwapRunner {
 public:
  /// Throws Error (failed) if the journal cannot be used.
  SwapRunner(const Folder& folder, FileSystem& files, Log& log);

  /// `is_busy`: whether any process uses the version in use. No update begins then.
  void set_busy_check(std::function<bool()> is_busy) { is_busy_ = std::move(is_busy); }

  const core::Journal& journal() const { return journal_; }

  /// Carries out steps until a version can be started. The application must not run.
  Decision settle();

  /// Whether the start that settle() decided is one of a trial, and was counted durably. If it was not, a
  /// failure must not lead to another start.
  bool is_counted_trial() const { return is_counted_; }
  bool is_trial() const { return journal_.phase == core::Phase::trial; }

  /// The result of a start in a trial. Returns whether it could be written; if not, call it again later.
  bool ended(core::TrialEnd end);

  /// A change by the user. Throws FileError, and changes nothing then.
  void change(const core::Journal& journal);

 private:
  core::Folders look() const;
  bool carry_out(core::SwapAct act);
  void act_on(core::SwapAct act);
  bool write(const core::Journal& journal);
  Decision start(const core::SwapStep& step);
  void adopt_if_due();
  bool is_before_new() const;

  const Folder& folder_;
  FileSystem& files_;
  Log& log_;
  core::Journal journal_;
  std::function<bool()> is_busy_;
  bool has_fresh_snapshot_ = false;  ///< taken since the application last ran
  bool is_counted_ = false;
};

}  // namespace launcher
