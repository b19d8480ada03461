// SPDX-License-Identifier: MIT
// When a launcher that runs an application looks for releases by itself.
#pragma once

#include <chrono>
#include <optional>

namespace core {

struct CheckHistory {
  std::chrono::sys_seconds started = {};                      ///< the launcher
  std::optional<std::chrono::sys_seconds> last_success = {};  ///< whoever looked
  std::optional<std::chrono::sys_seconds> last_attempt = {};  ///< by this launcher
  int failures = 0;  ///< of this launcher, since the last success
  std::chrono::seconds longest_delay = std::chrono::minutes(10);  ///< of the first look
};

/// A day after the last success, or soon after the start; after failures later and later, up to a day. A
/// success in the future counts as none. `jitter`: 0 to 1, so that not all installations ask at the same
/// time.
std::chrono::sys_seconds next_check(const CheckHistory& history, std::chrono::sys_seconds now,
                                    double jitter);

}  // namespace core
