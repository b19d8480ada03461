// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "gitea/proxy.hpp"
#include "gitea/url.hpp"

namespace gitea {

/// A secret: a token, or a webhook's address, which is as good as one. It cannot be printed or
/// formatted; only Client and Webhook can read it.
class Token {
 public:
  Token() = default;
  explicit Token(std::string secret) : secret_(std::move(secret)) {}
  bool empty() const { return secret_.empty(); }
  bool operator==(const Token&) const = default;
  /// Whether it can stand in a header: visible ASCII characters only.
  bool is_sendable() const;
  /// `text` with the secret in it replaced by "***", also where characters of it are escaped as in
  /// JSON, an address or HTML: some servers echo it (Forgejo 15), and a firewall's page may.
  std::string redacted(const std::string& text) const;

 private:
  friend class Client;
  friend class Webhook;
  std::string secret_;
};

inline constexpr const char* api_path = "/api/v1";

/// Where requests go, and how long they may take.
struct Server {
  Url root() const;  ///< what stands before `api_path`: https://host[/sub]
  /// The same way to another origin, without the token.
  Server elsewhere(const Url& origin) const;
  /// Until the deadline; not negative.
  std::chrono::milliseconds time_left() const;

  Url api;  ///< the base of the API: https://host[/sub]/api/v1
  Token token;
  std::optional<Proxy> proxy;
  std::map<std::string, std::string> proxy_variables;  ///< to choose that of another origin
  std::string ca_pem;                                  ///< PEM text of further authorities
  bool insecure = false;                               ///< do not verify TLS
  int retries = 5;                                     ///< further tries of a request
  std::chrono::milliseconds stall_timeout = std::chrono::seconds(60);
  std::chrono::milliseconds answer_timeout = std::chrono::seconds(600);
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::chrono::milliseconds backoff{500};  ///< before the second try; doubles up to 20 times this
};

}  // namespace gitea
