// SPDX-License-Identifier: MIT
// The library's own timeouts are for one step each: a server that sends a byte now and then, or
// "100 Continue" for ever, keeps every one of them.
#pragma once

#include <chrono>
#include <mutex>

#include "gitea/traffic.hpp"

namespace gitea {

/// Cuts a transfer off from another thread, wherever it hangs: in a handshake, in headers that never
/// end, in an upload that nobody reads. All watchdogs of a process share the thread.
class Watchdog {
 public:
  struct Limits {
    std::chrono::steady_clock::time_point deadline;  ///< of everything
    std::chrono::milliseconds connecting;
    std::chrono::milliseconds stalled;     ///< between two bytes of a body
    std::chrono::milliseconds unanswered;  ///< from the last byte sent to the answer's body
  };
  /// The limit at which a transfer was cut off.
  enum class Cut { none, deadline, connecting, stalled, unanswered };

  /// Throws std::system_error where no thread can be started.
  explicit Watchdog(const Traffic& traffic);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// The transfer that begins now is watched until end().
  void begin(const Limits& limits);
  Cut end();
  /// Its connection, from now on; the descriptor stays the caller's.
  void take(int socket);
  /// Shuts the connection down: whoever reads from it or writes to it fails at once.
  void cut();
  /// Cuts it off where a limit is passed; what the thread does, again and again.
  void check();

 private:
  Cut exceeded() const;
  void shut_down() const;

  const Traffic& traffic_;
  std::mutex mutex_;
  Limits limits_{};
  Cut cut_ = Cut::none;
  bool watches_ = false;
  int socket_ = -1;  ///< a duplicate: the number of a closed one may be another's by now
};

}  // namespace gitea
