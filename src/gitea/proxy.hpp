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
  std::string user;  ///< percent-decoded; empty without credentials
  std::string password;
};

/// The environment variables that end in "_proxy", in any case.
std::map<std::string, std::string> proxy_variables(
    const std::map<std::string, std::string>& environment);

/// The proxy for `server`, from HTTPS_PROXY, http_proxy, ALL_PROXY and NO_PROXY, each also in lower
/// case. http_proxy is read in lower case only, as curl does, because a CGI server sets HTTP_PROXY
/// from a request header. Throws Error (workflow) if the variable that applies is not valid.
std::optional<Proxy> proxy_for(const Url& server,
                               const std::map<std::string, std::string>& environment);

}  // namespace gitea
