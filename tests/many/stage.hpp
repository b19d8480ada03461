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

/// One line of the sandbox's log of requests.
struct Asked {
  std::string account;
  std::string method;
  std::string path;  ///< with the query
  std::string body;  ///< of an edit or a new release
  std::string fault;
  std::uint64_t status = 0;
  std::int64_t started_ms = 0;
  std::int64_t ended_ms = 0;  ///< as `started_ms` where no answer was sent
  bool write() const { return method != "GET" && method != "HEAD"; }
  std::string line() const;
};

class Stage {
 public:
  Stage();

  support::Server& server() { return server_; }
  const std::string& token(std::size_t job);
  static std::string account(std::size_t job);
  const std::string& owner() const { return owner_; }

  /// A clean table: no faults, the usual windows, an empty log.
  void begin();
  /// The log since the last call, in the order of arrival.
  std::vector<Asked> take_requests();
  /// All rows of the repository, with the digests of their assets.
  std::vector<core::Json> rows();
  /// In the log's clock.
  std::int64_t ms(Clock::time_point time) const;

 private:
  core::Json control(const std::string& method, const std::string& path);

  support::Server server_;
  std::unique_ptr<support::Wire> wire_;
  std::string owner_;
  std::vector<std::string> tokens_;
  std::int64_t zero_ms_ = 0;  ///< what the log's clock shows when ours shows 0
};

}  // namespace many
