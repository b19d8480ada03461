// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "gitea/api.hpp"
#include "runner/log.hpp"

namespace commands {

/// Shows that the run is alive: a line at least every 10 s while something is uploaded or an answer
/// is awaited. Also gives up answers that stall.
class Heartbeat {
 public:
  explicit Heartbeat(runner::Log& log);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// While it lives, `api` is watched under the name of what it does.
  class Pulse {
   public:
    Pulse(Heartbeat& heartbeat, gitea::Api& api, std::string doing);
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

   private:
    friend class Heartbeat;
    Heartbeat& heartbeat_;
    gitea::Api& api_;
    std::string doing_;
    std::chrono::steady_clock::time_point said_ = std::chrono::steady_clock::now();
    std::uint64_t sent_then_ = 0;  ///< bytes, when it was last said
  };

 private:
  void beat();
  void say(Pulse& pulse, std::chrono::steady_clock::time_point now);

  runner::Log& log_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool stop_ = false;
  std::list<Pulse*> pulses_;
  std::thread thread_;
};

}  // namespace commands
