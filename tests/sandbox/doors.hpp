// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "http_server.hpp"

namespace sandbox {

/// Additional ports of one server. The log and the faults distinguish their requests from all
/// others, and each can be shut while the rest of the server continues.
class Doors {
 public:
  explicit Doors(HttpServer::Handler handler) : handler_(std::move(handler)) {}

  int open();
  /// Like HttpServer::shut. False if there is no such door, as for the next one.
  bool shut(int port, std::chrono::milliseconds time);
  /// Ends its connections and waits until they are idle.
  bool close(int port);
  /// All of them; false if one is still busy.
  bool stop();

 private:
  HttpServer::Handler handler_;
  std::mutex mutex_;
  std::map<int, std::unique_ptr<HttpServer>> open_;
  std::vector<std::unique_ptr<HttpServer>> lingering_;  ///< closed, but still busy
};

}  // namespace sandbox
