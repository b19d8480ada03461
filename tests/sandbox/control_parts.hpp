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

/// Made when there is none of that name. Needs the world locked.
User& control_user(World& world, const std::string& name);
/// Needs the world locked.
std::shared_ptr<Repository> control_repository(World& world, std::string_view owner,
                                               std::string_view name);

/// `repos/OWNER/NAME/push`, `.../collaborators`, `.../releases`
Response control_of_repository(Controlled& parts, const std::string& method,
                               const std::vector<std::string>& path, const Json& form);

}  // namespace sandbox
