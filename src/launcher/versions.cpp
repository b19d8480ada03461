// SPDX-License-Identifier: MIT
#include "launcher/versions.hpp"

namespace launcher {
namespace {

/// Whether another version, or the same one, is started in place of the application that has ended.
bool goes_on(const SwapRunner& swap, const Ended& ended, bool was_trial, bool was_counted) {
  if (ended.is_stopped) return false;
  if (ended.start_again) return true;
  if (swap.journal().phase == core::Phase::idle) return false;
  if (ended.status == restart_status) return true;
  // Without the count on the disk this could go on for ever.
  return was_trial && was_counted && ended.trial == core::TrialEnd::failed;
}

}  // namespace

int run_versions(SwapRunner& swap, const RunApplication& run,
                 const std::function<void()>& before_swap) {
  for (;;) {
    if (before_swap) before_swap();
    const Decision decision = swap.settle();
    if (decision == Decision::nothing) return 1;
    const bool was_trial = swap.is_trial();
    const bool was_counted = swap.is_counted_trial();
    const Ended ended = run(decision);
    if (was_trial && swap.is_trial()) swap.ended(ended.trial);
    if (!goes_on(swap, ended, was_trial, was_counted)) return ended.status;
  }
}

}  // namespace launcher
