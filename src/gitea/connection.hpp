// SPDX-License-Identifier: MIT
// One kept connection to one server, and how long it may take.
#pragma once

#include <chrono>
#include <string>

#include "gitea/client.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"
#include "gitea/traffic.hpp"
#include "gitea/watchdog.hpp"

namespace gitea {

/// How long an answer may take: `server.answer_timeout` at most. A small request is answered within
/// 120 s, or not at all; to store an upload a server may take a second more for each 2 MiB.
std::chrono::milliseconds answer_timeout_for(const Request& request, const Server& server);

class Connection {
 public:
  /// `server` has to outlive it.
  explicit Connection(const Server& server);

  /// Sends it once: nothing below repeats a request. Throws Error only for what no answer can express:
  /// the file could not be read, the answer is too large.
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
