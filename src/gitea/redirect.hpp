// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "gitea/exchange.hpp"
#include "gitea/url.hpp"

namespace gitea {

/// A Location, with "…" for a user name and password in it: they are nothing for a log.
std::string without_credentials(std::string location);

/// An answer that only says where else to ask.
bool is_redirect(const Answer& answer);

/// The path below `base` that `location` leads to; nothing where that is another origin: the token
/// does not leave this host.
std::optional<std::string> same_origin_path(const std::string& location, const Url& base);

struct Place {
  Url origin;
  std::string path;  ///< with its query
};

/// Where `location` leads on another origin, by https; nothing where it is anything else.
std::optional<Place> other_origin(const std::string& location, const Url& base);

}  // namespace gitea
