// SPDX-License-Identifier: MIT
// One kept connection to one server: the only door to cpp-httplib.
#pragma once

#include <memory>
#include <string>

#include "gitea/exchange.hpp"
#include "gitea/server.hpp"
#include "gitea/traffic.hpp"

namespace httplib {
struct Request;
}

namespace gitea {

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

  httplib::Request prepared(const Request& request, const std::string& path) const;
  void limit_time();

  const Server& server_;
  Traffic traffic_;
  std::unique_ptr<Client> client_;
};

}  // namespace gitea
