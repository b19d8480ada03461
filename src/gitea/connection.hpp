// SPDX-License-Identifier: MIT
// One persistent connection to one server, with its time limits.
#pragma once

#include <chrono>
#include <string>

#include "gitea/client.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"
#include "gitea/traffic.hpp"
#include "gitea/watchdog.hpp"

namespace gitea {

/// How long to wait for a response: at most `server.answer_timeout`. A small request gets 120 s; an
/// upload gets one second more for each 2 MiB that the server has to store.
std::chrono::milliseconds answer_timeout_for(const Request& request, const Server& server);

class Connection {
 public:
  /// `server` has to outlive it.
  explicit Connection(const Server& server);

  /// Sends the request once; nothing below this level repeats a request. Throws Error only if the
  /// file cannot be read or the response is too large.
  Answer attempt(const Request& request, const std::string& path);

  const Traffic& traffic() const { return traffic_; }

 private:
  Answer transfer(const Request& request, const std::string& path, UploadBody* body,
                  Intake& intake);

  const Server& server_;
  Traffic traffic_;
  Watchdog watchdog_;
  Client client_;
};

}  // namespace gitea
