// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "gitea/exchange.hpp"
#include "gitea/url.hpp"

namespace gitea {

/// A Location with "…" in place of a user name and password, which must not appear in a log.
std::string without_credentials(std::string location);

/// Whether the status is a redirect for which the request is repeated with the same method: 301, 302,
/// 307 or 308. The server sends these if a repository has moved.
bool keeps_method(int status);

/// Whether a response only redirects to another address: one of 301, 302, 303, 307 and 308 with a
/// Location.
bool is_redirect(const Answer& answer);

/// The path below `base` that `location` points to; nullopt if it is on another origin, because the
/// token must not leave this host.
std::optional<std::string> same_origin_path(const std::string& location, const Url& base);

struct Place {
  Url origin;
  std::string path;  ///< with the query
};

/// The target of `location` if it is on another origin and uses https; otherwise nullopt.
std::optional<Place> other_origin(const std::string& location, const Url& base);

}  // namespace gitea
