// SPDX-License-Identifier: MIT
// Directories of a project with several packages.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "disk/workspace.hpp"

namespace commands {

/// A path below `directory`, normalised; "" is the directory where relative paths start.
std::string path_below(const std::string& directory, const std::string& path);
/// The directory of a file.
std::string directory_of(const std::string& path);

/// The directories below `root` that match a pattern such as "packages/*" or "packages/**".
std::set<std::string> matching_directories(const disk::Workspace& workspace,
                                           const std::string& root, const std::string& pattern);

/// The first of `directory` and its parents within the workspace for which `is_it` is true.
std::optional<std::string> nearest_directory(
    const disk::Workspace& workspace, std::string directory,
    const std::function<bool(const std::string& directory)>& is_it);

}  // namespace commands
