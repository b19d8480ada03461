// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace disk {

/// Where `path` really is, if a symbolic link leads it out of the workspace; else "". A path outside
/// without a link is the user's wish. A link to nothing leads nowhere.
std::string led_out_to(const std::string& path, const std::string& workspace);

/// Throws Error (workflow), naming `option`, for what led_out_to finds: what a checkout brings must
/// not publish what lies elsewhere on the runner.
void check_inside(const std::string& path, const std::string& workspace, const std::string& option);

}  // namespace disk
