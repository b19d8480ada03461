// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "core/token.hpp"
#include "gitea/proxy.hpp"
#include "gitea/url.hpp"

namespace gitea {

inline constexpr const char* api_path = "/api/v1";

/// The server that requests go to, how to reach it, and time limits.
struct Server {
  Url root() const;  ///< the address before `api_path`: https://host[/sub]
  /// The same settings for another origin, without the token.
  Server elsewhere(const Url& origin) const;
  /// The time until the deadline; not negative.
  std::chrono::milliseconds time_left() const;

  Url api;  ///< the base of the API: https://host[/sub]/api/v1
  core::Token token;
  std::optional<Proxy> proxy;
  std::map<std::string, std::string> proxy_variables;  ///< to select the proxy for another origin
  std::string ca_pem;     ///< additional certificate authorities, as PEM text
  bool insecure = false;  ///< do not verify TLS
  int retries = 5;        ///< attempts of a request after the first
  std::chrono::milliseconds stall_timeout = std::chrono::seconds(60);
  std::chrono::milliseconds answer_timeout = std::chrono::seconds(600);
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::chrono::milliseconds backoff{
      500};  ///< before the second attempt; doubles each time, up to 20 times this value
};

}  // namespace gitea
