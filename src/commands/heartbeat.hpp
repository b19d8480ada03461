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

/// Shows that the run is alive: a line at least every 10 s, which says what it is doing.
class Heartbeat {
 public:
  explicit Heartbeat(runner::Log& log);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// While it lives, what `api` does is told under the name of what is being done. One whose connection
  /// is idle says nothing while there are others.
  class Pulse {
   public:
    Pulse(Heartbeat& heartbeat, const gitea::Api& api, std::string doing);
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    void now(std::string doing);  ///< something else is being done; that it begins has been told

   private:
    friend class Heartbeat;
    Heartbeat& heartbeat_;
    const gitea::Api& api_;
    std::string doing_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point said_ = began_;
    std::uint64_t sent_then_ = 0;  ///< bytes, when it was last said
  };

 private:
  void beat();
  static std::string progress(Pulse& pulse, std::chrono::steady_clock::time_point now);

  runner::Log& log_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool stop_ = false;
  std::list<Pulse*> pulses_;
  std::thread thread_;
};

}  // namespace commands
