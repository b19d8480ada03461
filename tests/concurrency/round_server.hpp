// SPDX-License-Identifier: MIT
// A sandbox that is used by one round after the other. Each job has its own account, so that the
// sandbox's log of requests shows which job sent a request.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace concurrency {

using Clock = std::chrono::steady_clock;
using support::Logged;

bool is_job(const Logged& logged);  ///< not the owner, who observes and plays everybody else

class RoundServer {
 public:
  RoundServer();

  support::Server& server() { return server_; }
  const std::string& token(std::size_t job);
  static std::string account(std::size_t job);
  const std::string& owner() const { return owner_; }

  /// Resets the server: no faults, the usual push windows, an empty log.
  void begin();
  /// The log since the last call, in the order of arrival; waits for late requests.
  std::vector<Logged> take_requests();
  /// On the log's clock.
  std::int64_t ms(Clock::time_point time) const;

 private:
  void control(const std::string& method, const std::string& path);

  support::Server server_;
  std::unique_ptr<support::Wire> wire_;
  std::string owner_;
  std::vector<std::string> tokens_;
  std::int64_t zero_ms_ = 0;  ///< the log's time when ours is 0
};

}  // namespace concurrency
