// SPDX-License-Identifier: MIT
#include "gitea/redirect.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace gitea {
namespace {

/// Parses a Location with a scheme; nullopt if it is not a valid http(s) address.
std::optional<Place> place_of(std::string location) {
  location.resize(std::min(location.find('#'), location.size()));
  const bool is_plain =
      std::all_of(location.begin(), location.end(), [](char c) { return c > ' ' && c < 0x7F; });
  const auto scheme = location.find("://");
  if (!is_plain || scheme == std::string::npos) return std::nullopt;
  const auto path = std::min(location.find_first_of("/?", scheme + 3), location.size());
  try {
    Place place{parse_url(location.substr(0, path), "a redirect of the server"),
                location.substr(path)};
    if (!place.path.starts_with('/')) place.path.insert(0, "/");
    return place;
  } catch (const core::Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool keeps_method(int status) {
  return status == 301 || status == 302 || status == 307 || status == 308;
}

bool is_redirect(const Answer& answer) {
  constexpr int see_other = 303;
  return (keeps_method(answer.status) || answer.status == see_other) && !answer.location.empty();
}

std::optional<std::string> same_origin_path(const std::string& location, const Url& base) {
  const bool is_path = location.starts_with('/') && !location.starts_with("//");
  const auto place = place_of(is_path ? base.origin() + location : location);
  if (!place || !place->origin.same_origin(base)) return std::nullopt;
  if (!place->path.starts_with(base.path + "/")) return std::nullopt;
  return place->path.substr(base.path.size());
}

std::optional<Place> other_origin(const std::string& location, const Url& base) {
  auto place = place_of(location);
  if (!place || !place->origin.tls || place->origin.same_origin(base)) return std::nullopt;
  return place;
}

std::string without_credentials(std::string location) {
  const auto scheme = location.find("//");
  if (scheme == std::string::npos) return location;
  const auto begin = scheme + 2;
  const auto at = location.substr(0, location.find_first_of("/?#", begin)).rfind('@');
  if (at != std::string::npos && at >= begin) location.replace(begin, at - begin, "…");
  return location;
}

}  // namespace gitea
