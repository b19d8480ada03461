// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

#include "gitea/url.hpp"

namespace gitea {

struct Proxy {
  std::string host;
  int port = 0;
  std::string user;  ///< decoded; empty without credentials
  std::string password;
};

/// Those variables of the environment that name proxies.
std::map<std::string, std::string> proxy_variables(
    const std::map<std::string, std::string>& environment);

/// The proxy for `server`, from HTTPS_PROXY, http_proxy (lower case only, as in curl: a CGI server
/// sets HTTP_PROXY from a request header), ALL_PROXY and NO_PROXY, each also in lower case.
/// Throws Error (workflow) where the one that applies cannot be read.
std::optional<Proxy> proxy_for(const Url& server,
                               const std::map<std::string, std::string>& environment);

}  // namespace gitea
