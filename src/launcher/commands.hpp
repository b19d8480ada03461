// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "launcher/folder.hpp"

namespace launcher {

/// What `your-app --launcher ARGUMENTS…` does. Prints the result and returns the exit status. Throws Error
/// if the arguments are wrong.
int run_command(const Folder& folder, const std::vector<std::string>& arguments);

}  // namespace launcher
