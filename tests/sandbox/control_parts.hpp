// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "control.hpp"
#include "json.hpp"

// What the two halves of the control plane share.
namespace sandbox {

Response control_failure(int status, std::string_view message);
[[noreturn]] void control_refuse(int status, std::string_view message);

/// Created if there is no user of that name. The world must be locked.
User& control_user(World& world, const std::string& name);
/// The world must be locked.
std::shared_ptr<Repository> control_repository(World& world, std::string_view owner,
                                               std::string_view name);

/// `repos/OWNER/NAME/commits`: creates a whole history. Each of "commits" is {"message", "author",
/// "email", "date", "branch", "parents"}: without parents it follows the tip of its branch, which
/// begins at the default branch; parents are names of branches, tags or commits, and two make a
/// merge. With "count" it is created that often, and "{n}" in its message is 1, 2, ...
Response add_commits(World& world, Repository& repository, const Json& form);

/// `repos/OWNER/NAME/push`, `.../collaborators`, `.../packages`, `.../pulls`, `.../mirror`, `.../releases`
Response control_of_repository(Controlled& parts, const std::string& method,
                               const std::vector<std::string>& path, const Json& form);

}  // namespace sandbox
