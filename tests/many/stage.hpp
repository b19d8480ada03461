// SPDX-License-Identifier: MIT
// A sandbox that one round after the other is played on. Each job has an account of its own, so that
// the sandbox's log of requests says which job asked for what.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace many {

using Clock = std::chrono::steady_clock;
using support::Logged;

bool is_job(const Logged& logged);  ///< not the owner, who looks on and is everybody else

class Stage {
 public:
  Stage();

  support::Server& server() { return server_; }
  const std::string& token(std::size_t job);
  static std::string account(std::size_t job);
  const std::string& owner() const { return owner_; }

  /// A clean table: no faults, the usual windows, an empty log.
  void begin();
  /// The log since the last call, in the order of arrival; waits for what comes late.
  std::vector<Logged> take_requests();
  /// In the log's clock.
  std::int64_t ms(Clock::time_point time) const;

 private:
  void control(const std::string& method, const std::string& path);

  support::Server server_;
  std::unique_ptr<support::Wire> wire_;
  std::string owner_;
  std::vector<std::string> tokens_;
  std::int64_t zero_ms_ = 0;  ///< what the log's clock shows when ours shows 0
};

}  // namespace many
