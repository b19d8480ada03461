// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// Where a repository was cloned from, without the user and password of its address.
struct Origin {
  std::string server;  ///< "https://git.example.org", "http://localhost:3000/gitea"
  std::string owner;
  std::string name;

  bool has_path() const;  ///< the server is below a path: `uses:` cannot hold its full address
};

/// Parses what `git remote get-url` prints: https, http, ssh, or `git@host:owner/name.git`. nullopt
/// for a path, for anything unusual, and for hosts that are known not to run Gitea or Forgejo. The
/// web server of an ssh address is assumed to be https at the same host.
std::optional<Origin> parse_origin(std::string_view url);

/// Letters, digits, `-`, `_` and `.`: what servers allow in the name of an owner.
bool is_owner_name(std::string_view name);

}  // namespace core
