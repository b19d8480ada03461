// SPDX-License-Identifier: MIT
// HTTP to one server, over one kept connection. Repeats what is safe to repeat; everything else is
// reported as it went, and the next look decides.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/source.hpp"
#include "gitea/proxy.hpp"
#include "gitea/url.hpp"

namespace gitea {

/// A secret. It cannot be printed or formatted; only Http can read it.
class Token {
 public:
  Token() = default;
  explicit Token(std::string secret) : secret_(std::move(secret)) {}
  bool empty() const { return secret_.empty(); }
  bool operator==(const Token&) const = default;
  /// `text` with the secret in it replaced by "***": some servers echo it (Forgejo 15).
  std::string redacted(std::string text) const;

 private:
  friend class Http;
  std::string secret_;
};

struct Server {
  Url api;  ///< the base of the API: https://host[/sub]/api/v1
  Token token;
  std::optional<Proxy> proxy;
  std::string ca_pem;     ///< PEM text of further authorities
  bool insecure = false;  ///< do not verify TLS
  int retries = 5;        ///< further tries of a request
  std::chrono::milliseconds stall_timeout = std::chrono::seconds(60);
  std::chrono::milliseconds answer_timeout = std::chrono::seconds(600);
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::chrono::milliseconds backoff{500};  ///< before the second try; doubles up to 20 times this
};

struct Request {
  std::string method;
  std::string path;  ///< below the API's base, encoded, with its query
  std::string json;  ///< a JSON body
  std::optional<core::Source> upload;
  std::string content_type;  ///< of the upload
};

/// How a request ended.
enum class Delivery {
  answered,
  unsent,   ///< it never reached the server
  unknown,  ///< it was sent, wholly or in part, and no answer came
};

struct Answer {
  Delivery delivery = Delivery::unknown;
  int status = 0;  ///< 0 without an answer
  std::string body;
  std::string content_type;
  std::string location;
  std::optional<std::chrono::seconds> retry_after;
  std::string failure;  ///< why there is no answer, in words
  std::string hint;
  int tries = 1;
  std::string path;  ///< of the request that was answered, after redirects
};

/// What a connection is doing, for whoever shows progress from another thread.
struct Traffic {
  enum class Phase { idle, sending, waiting, receiving };
  std::atomic<Phase> phase = Phase::idle;
  std::atomic<std::uint64_t> sent = 0;   ///< bytes of the body in hand
  std::atomic<std::uint64_t> total = 0;  ///< bytes
  std::atomic<std::int64_t> moved_at = 0;  ///< steady clock, ms: when a byte moved last
};

/// Milliseconds of the steady clock, as in Traffic::moved_at.
std::int64_t now_ms();

class Http {
 public:
  explicit Http(const Server& server);
  ~Http();
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;

  /// Sends it; repeats GET and DELETE, what never reached the server, and 429. Follows redirects of
  /// GET on the same origin. Throws Error only for what no answer can express: the run's time is up,
  /// the file could not be read, the answer is too large.
  Answer send(const Request& request);

  const Traffic& traffic() const { return traffic_; }

  /// From another thread: gives up an answer of which no byte has moved for `stall_timeout`.
  void stop_if_stalled();

 private:
  class Client;
  Answer try_once(const Request& request, const std::string& path);
  Answer follow(const Request& request, Answer answer);

  const Server& server_;
  Traffic traffic_;
  std::unique_ptr<Client> client_;
};

/// How long to wait before try number `next` (2, 3, …): doubling, with jitter, capped; what the
/// server asks for in Retry-After wins.
std::chrono::milliseconds delay_before(int next, std::chrono::milliseconds backoff,
                                       std::optional<std::chrono::seconds> retry_after);

/// Sleeps, but never past the server's deadline.
void wait(std::chrono::milliseconds delay, const Server& server);

}  // namespace gitea
