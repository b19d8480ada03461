// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "http_server.hpp"

namespace sandbox {

/// Further ports of one server. The log and the faults tell a request that comes in by one of them
/// from all others, and it can be shut while the rest of the server goes on.
class Doors {
 public:
  explicit Doors(HttpServer::Handler handler) : handler_(std::move(handler)) {}

  int open();
  /// As HttpServer::shut. False where there is no such door, as in the next one.
  bool shut(int port, std::chrono::milliseconds time);
  /// Ends its connections and waits for what they are doing.
  bool close(int port);
  /// All of them; false where one still does something.
  bool stop();

 private:
  HttpServer::Handler handler_;
  std::mutex mutex_;
  std::map<int, std::unique_ptr<HttpServer>> open_;
  std::vector<std::unique_ptr<HttpServer>> lingering_;  ///< closed, but still at work
};

}  // namespace sandbox
