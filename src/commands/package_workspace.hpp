// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "disk/workspace.hpp"

namespace commands {

/// What the manifest of an npm or uv workspace says about its packages.
struct PackageWorkspace {
  std::string root;                   ///< its directory
  std::set<std::string> directories;  ///< of all packages that have a manifest, the root included
};

/// The workspace that the package in `directory` belongs to; only that package if it belongs to none.
/// `members` returns the patterns of a manifest's text, empty if it is not that of a workspace.
PackageWorkspace find_package_workspace(
    const disk::Workspace& workspace, const std::string& directory, const std::string& file,
    const std::function<std::vector<std::string>(const std::string& text)>& members);

}  // namespace commands
