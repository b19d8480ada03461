// SPDX-License-Identifier: MIT
#include "gitea/server.hpp"

#include <algorithm>
#include <string_view>

namespace gitea {

bool Token::is_sendable() const {
  return std::all_of(secret_.begin(), secret_.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string Token::redacted(std::string text) const {
  if (secret_.empty()) return text;
  constexpr std::string_view stars = "***";
  for (auto at = text.find(secret_); at != std::string::npos;
       at = text.find(secret_, at + stars.size())) {
    text.replace(at, secret_.size(), stars);
  }
  return text;
}

Url Server::root() const {
  Url root = api;
  const std::string_view tail = api_path;
  if (root.path.ends_with(tail)) root.path.resize(root.path.size() - tail.size());
  return root;
}

Server Server::elsewhere(const Url& origin) const {
  Server other = *this;
  other.api = origin;
  other.token = Token();
  other.proxy = proxy_for(origin, proxy_variables);
  return other;
}

}  // namespace gitea
