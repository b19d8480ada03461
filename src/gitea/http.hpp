// SPDX-License-Identifier: MIT
// HTTP as the API needs it: retries requests that are safe to repeat. The result of any other
// request is returned as it is; the caller then reads the release and decides.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "gitea/connection.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

/// How many entries of a list to request at a time: the maximum that the servers allow.
inline constexpr int page_size = 50;

/// Bytes of the largest file that can be uploaded or downloaded, without the form around it: on a 32-bit system the HTTP
/// library counts up to 4 GiB.
inline constexpr std::uint64_t max_file = std::numeric_limits<std::size_t>::max() - (1U << 16);

class Http {
 public:
  explicit Http(const Server& server) : server_(server), connection_(server) {}

  /// Sends the request, and retries it if classify() says so. Follows redirects of GET requests on
  /// the same origin. Throws Error as Connection does.
  Answer send(const Request& request);

  const Traffic& traffic() const { return connection_.traffic(); }

 private:
  Answer follow(const Request& request, Answer answer);
  Answer attempt(const Request& request);

  const Server& server_;
  Connection connection_;
};

/// How long to wait before attempt number `next` (2, 3, …): doubles each time, with jitter and a
/// maximum. `retry_after`, if the server sent it, is used instead.
std::chrono::milliseconds delay_before(int next, std::chrono::milliseconds backoff,
                                       std::optional<std::chrono::seconds> retry_after);

/// Whether the Retry-After of the response ends after the server's deadline.
bool asks_for_too_long(const Answer& answer, const Server& server);

/// Sleeps, but never past the server's deadline.
void wait(std::chrono::milliseconds delay, const Server& server);

}  // namespace gitea
