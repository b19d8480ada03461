// SPDX-License-Identifier: MIT
// "check": "daily" of config.json: looks for releases while the application runs and nobody else does.
#pragma once

#include <chrono>

#include "core/update/check_time.hpp"
#include "launcher/folder.hpp"

namespace launcher {

class DailyCheck {
 public:
  /// `jitter`: see core::next_check.
  DailyCheck(const Folder& folder, std::chrono::sys_seconds now, double jitter);

  /// Whether to begin a check now.
  bool is_due(std::chrono::sys_seconds now);
  /// To be called after a check by this launcher; `is_success`: whether it had an answer.
  void ended(std::chrono::sys_seconds now, bool is_success);

 private:
  const Folder& folder_;
  double jitter_;
  bool is_wanted_;
  core::CheckHistory history_;
};

std::chrono::sys_seconds current_time();
/// 0 to 1.
double random_part();

}  // namespace launcher
