// SPDX-License-Identifier: MIT
#include "gitea/server.hpp"

#include <algorithm>
#include <string_view>

namespace gitea {

Url Server::root() const {
  Url root = api;
  const std::string_view tail = api_path;
  if (root.path.ends_with(tail)) root.path.resize(root.path.size() - tail.size());
  return root;
}

std::chrono::milliseconds Server::time_left() const {
  using std::chrono::milliseconds;
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(milliseconds(0), std::chrono::floor<milliseconds>(left));
}

Server Server::elsewhere(const Url& origin) const {
  Server other = *this;
  other.api = origin;
  other.token = core::Token();
  other.proxy = proxy_for(origin, proxy_variables);
  return other;
}

}  // namespace gitea
