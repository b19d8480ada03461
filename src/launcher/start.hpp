// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "launcher/folder.hpp"

namespace launcher {

/// What `your-app ARGUMENTS…` does: finishes an update that was interrupted, and runs the application.
/// Returns its exit status. Throws Error.
int start(const Folder& folder, const std::vector<std::string>& arguments);

}  // namespace launcher
