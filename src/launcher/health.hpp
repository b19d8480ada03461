// SPDX-License-Identifier: MIT
// Whether a new version works: it says so itself, and then lives for a while.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "core/update/release_file.hpp"
#include "launcher/folder.hpp"

namespace launcher {

/// Asks the application at the address that it has written to LAUNCHER_URL_FILE, in its own thread, until it is healthy.
class HealthProbe {
 public:
  HealthProbe(Folder folder, std::string run, std::string version);

  bool is_healthy() const { return is_healthy_; }

 private:
  void probe(const std::stop_token& stop);

  Folder folder_;
  std::string run_;
  std::string version_;
  std::atomic<bool> is_healthy_ = false;
  std::jthread thread_;  ///< last, so that it ends before the others do
};

/// Whether an answer of /health is that of the application that was started with `run`. One that cannot
/// know it says its version instead.
bool is_answer_of(const std::string& body, const std::string& run, const std::string& version);

inline constexpr std::chrono::seconds max_extension{3600};  ///< of the time until it is healthy

/// The trial of one start of a new version.
class Trial {
 public:
  using Clock = std::chrono::steady_clock;
  enum class State {
    waiting,
    healthy,  ///< and alive for long enough since
    overdue   ///< not healthy in time
  };

  /// `run`: the value of LAUNCHER_RUN.
  Trial(const core::ReleaseFile& release, const Folder& folder, const std::string& run,
        Clock::time_point now);

  void confirm() { is_confirmed_ = true; }
  /// Returns whether so much time is left.
  bool extend(std::chrono::seconds more);
  State state(Clock::time_point now);

 private:
  std::chrono::seconds settle_;
  Clock::time_point deadline_;
  std::chrono::seconds extended_{0};
  bool is_confirmed_ = false;
  std::optional<Clock::time_point> healthy_since_;
  HealthProbe probe_;
};

}  // namespace launcher
