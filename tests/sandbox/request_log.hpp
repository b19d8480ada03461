// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "http_message.hpp"
#include "json.hpp"

namespace sandbox {

/// Every request in the order of arrival. A request in progress has status 0, and so has one
/// without a response.
class RequestLog {
 public:
  struct Entry {
    std::uint64_t id = 0;
    std::string method;
    std::string path;
    std::string query;
    Headers headers;
    int status = 0;
    std::uint64_t body_bytes = 0;
    std::string user;
    std::string raw_body;
    std::string fault;
    int port = 0;         ///< on which it arrived
    int carried_out = 0;  ///< the status that no fault has changed; 0: not carried out
    std::int64_t started_ms = 0;
    std::int64_t ended_ms = -1;  ///< -1: not yet
  };

  /// The number of the new entry.
  std::uint64_t begin(const Request& request);
  /// Fills in what is known when the response has been decided. Unknown numbers (cleared) are
  /// ignored.
  void update(const Entry& entry);
  /// A fault that may take a while applies to it.
  void strike(std::uint64_t id, const std::string& fault);
  void end(std::uint64_t id);
  void clear();
  /// Of one port, or of all (0).
  Json show(int port) const;

 private:
  std::int64_t now_ms() const;
  Entry* find(std::uint64_t id);

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  std::uint64_t last_id_ = 0;
};

}  // namespace sandbox
