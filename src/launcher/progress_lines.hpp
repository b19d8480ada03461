// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "launcher/fetch/download.hpp"

namespace launcher {

/// How far a download is, as JSON lines {"done": BYTES, "total": BYTES}, at most four a second.
class ProgressLines {
 public:
  /// `is_wanted`: otherwise nothing is printed.
  explicit ProgressLines(bool is_wanted) : is_wanted_(is_wanted) {}

  void show(std::uint64_t done, std::uint64_t total);

 private:
  using Clock = std::chrono::steady_clock;

  bool is_wanted_;
  std::uint64_t shown_ = 0;
  std::optional<Clock::time_point> shown_at_;
};

/// Prints such lines if `is_wanted`.
fetch::OnProgress printing(bool is_wanted);

}  // namespace launcher
