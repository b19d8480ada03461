// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gitea/api.hpp"
#include "runner/log.hpp"

namespace commands {

/// Shows that the run is active: logs what it is doing at least every 10 s. On a terminal it shows a
/// line for each transfer instead, which is redrawn.
class Heartbeat {
 public:
  explicit Heartbeat(runner::Log& log);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// While it exists, the progress of `api` is logged with the text `doing`. If its connection is
  /// idle, it is not logged while there are other pulses.
  class Pulse {
   public:
    Pulse(Heartbeat& heartbeat, const gitea::Api& api, std::string doing);
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    /// Sets a new text; the caller has logged that this begins. `bytes`: how many will be received,
    /// if it is a download.
    void now(std::string doing, std::uint64_t bytes = 0);

   private:
    friend class Heartbeat;
    Heartbeat& heartbeat_;
    const gitea::Api& api_;
    std::string doing_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point said_ = began_;
    std::uint64_t sent_then_ = 0;  ///< bytes sent when it was last logged
    std::uint64_t to_receive_ = 0;
    double rate_ = 0;  ///< bytes a second, smoothed
    std::chrono::steady_clock::time_point measured_ = began_;
    std::uint64_t moved_then_ = 0;
  };

 private:
  void beat();
  void redraw();
  static std::string progress(Pulse& pulse, std::chrono::steady_clock::time_point now);
  static std::string line_of(Pulse& pulse, std::chrono::steady_clock::time_point now);

  runner::Log& log_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool stop_ = false;
  std::list<Pulse*> pulses_;
  std::thread thread_;
};

}  // namespace commands
