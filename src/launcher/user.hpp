// SPDX-License-Identifier: MIT
// `user` of config.json: the user as whom a launcher that runs as root starts the application.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "launcher/folder.hpp"
#include "launcher/rights.hpp"

namespace launcher {

struct User {
  std::string name;
  Account account;
  std::vector<unsigned> groups;  ///< all of them
  std::string home;
};

/// The user of this name in the texts of /etc/passwd and /etc/group; nullopt if there is none.
std::optional<User> user_in(std::string_view passwd, std::string_view group,
                            const std::string& name);

/// The user to start the application as; nullopt for the user of this process. Throws Error (workflow) if
/// this process may not start it, or the user does not exist; for root also if config.json cannot be used,
/// because it may name a user.
std::optional<User> user_of_application(const Folder& folder);

}  // namespace launcher
