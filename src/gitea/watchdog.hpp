// SPDX-License-Identifier: MIT
// Time limits for a whole transfer. The library's timeouts apply to single steps: a server that
// sends a byte now and then, or "100 Continue" forever, never exceeds them.
#pragma once

#include <chrono>
#include <mutex>

#include "gitea/traffic.hpp"

namespace gitea {

/// Ends a transfer from another thread, wherever it hangs: in a handshake, in endless headers, or
/// in an upload that the server does not read. All watchdogs of a process share one thread.
class Watchdog {
 public:
  struct Limits {
    std::chrono::steady_clock::time_point deadline;  ///< of all transfers
    std::chrono::milliseconds connecting;
    std::chrono::milliseconds stalled;  ///< between two bytes of a body
    std::chrono::milliseconds
        unanswered;  ///< from the last byte sent to the first of the response's body
  };
  /// The limit that ended a transfer.
  enum class Cut { none, deadline, connecting, stalled, unanswered };

  /// Throws std::system_error if no thread can be started.
  explicit Watchdog(const Traffic& traffic);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Watches the transfer that begins now, until end().
  void begin(const Limits& limits);
  Cut end();
  /// Sets the socket of the transfer. The caller still owns the descriptor.
  void take(int socket);
  /// Shuts the connection down: reading from it and writing to it fail at once.
  void cut();
  /// Ends the transfer if a limit is exceeded. The thread calls this repeatedly.
  void check();

 private:
  Cut exceeded() const;
  void shut_down() const;

  const Traffic& traffic_;
  std::mutex mutex_;
  Limits limits_{};
  Cut cut_ = Cut::none;
  bool watches_ = false;
  int socket_ = -1;  ///< a duplicate: the number of a closed descriptor may be reused
};

}  // namespace gitea
