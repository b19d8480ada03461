// SPDX-License-Identifier: MIT
// Runs the version in use, and after an update the next one, until the launcher ends.
#pragma once

#include <functional>

#include "launcher/swap_runner.hpp"

namespace launcher {

/// An application that ends with this status wants to be started again after the swap.
inline constexpr int restart_status = 75;

/// How the application ended.
struct Ended {
  int status = 0;  ///< for the launcher to end with
  /// For the trial of a new version: whether it may have failed. Irrelevant once it is healthy.
  core::TrialEnd trial = core::TrialEnd::closed;
  bool start_again = false;  ///< the user wants the swap now
  bool is_stopped = false;   ///< the launcher was told to stop
};

/// Starts the application in current/ or updater/previous/, and returns once it has ended. Tells the
/// SwapRunner if it is healthy.
using RunApplication = std::function<Ended(Decision)>;

/// Returns the exit status. `before_swap` is called before each exchange of versions.
int run_versions(SwapRunner& swap, const RunApplication& run,
                 const std::function<void()>& before_swap = {});

}  // namespace launcher
