// SPDX-License-Identifier: MIT
// One kept connection to one server: the only door to cpp-httplib.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace httplib {
struct Request;
}

namespace gitea {

/// What a connection is doing, for whoever shows progress from another thread.
struct Traffic {
  enum class Phase { idle, sending, waiting, receiving };
  std::atomic<Phase> phase = Phase::idle;
  std::atomic<std::uint64_t> sent = 0;     ///< bytes of the body in hand
  std::atomic<std::uint64_t> total = 0;    ///< bytes
  std::atomic<std::int64_t> moved_at = 0;  ///< steady clock, ms: when a byte moved last
};

/// Milliseconds of the steady clock, as in Traffic::moved_at.
std::int64_t now_ms();

class Connection {
 public:
  explicit Connection(const Server& server);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends it once. Throws Error only for what no answer can express: the run's time is up, the
  /// file could not be read, the answer is too large.
  Answer attempt(const Request& request, const std::string& path);

  const Traffic& traffic() const { return traffic_; }

  /// From another thread: gives up an answer of which no byte has moved for `stall_timeout`.
  void stop_if_stalled();

 private:
  class Client;
  class Body;

  httplib::Request prepared(const Request& request, const std::string& path) const;
  void limit_time();

  const Server& server_;
  Traffic traffic_;
  std::unique_ptr<Client> client_;
};

}  // namespace gitea
