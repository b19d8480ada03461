// SPDX-License-Identifier: MIT
// HTTP as the API needs it: repeats what is safe to repeat; everything else is reported as it went,
// and the next look decides.
#pragma once

#include <chrono>
#include <optional>

#include "gitea/connection.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

/// How many entries of a list to ask for at a time: what the servers give at most.
inline constexpr int page_size = 50;

class Http {
 public:
  explicit Http(const Server& server) : server_(server), connection_(server) {}

  /// Sends it, again where classify() says so. Follows redirects of GET on the same origin. Throws
  /// Error as Connection does.
  Answer send(const Request& request);

  const Traffic& traffic() const { return connection_.traffic(); }

 private:
  Answer follow(const Request& request, Answer answer);
  Answer attempt(const Request& request);

  const Server& server_;
  Connection connection_;
};

/// How long to wait before try number `next` (2, 3, …): doubling, with jitter, capped; what the
/// server asks for in Retry-After wins.
std::chrono::milliseconds delay_before(int next, std::chrono::milliseconds backoff,
                                       std::optional<std::chrono::seconds> retry_after);

/// Whether its Retry-After ends only after the server's deadline.
bool asks_for_too_long(const Answer& answer, const Server& server);

/// Sleeps, but never past the server's deadline.
void wait(std::chrono::milliseconds delay, const Server& server);

}  // namespace gitea
