// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "disk/workspace.hpp"

namespace commands {

/// How a package manager describes a workspace.
struct WorkspaceForm {
  std::string manifest;  ///< name of the file of each package
  std::string root;      ///< name of the file that lists the packages
  /// The patterns of directories in such a file's text; empty if it lists none. One that begins with
  /// `!` excludes directories. `path` is for messages.
  std::function<std::vector<std::string>(const std::string& text, const std::string& path)> members;
};

extern const WorkspaceForm npm_form;
extern const WorkspaceForm pnpm_form;
extern const WorkspaceForm uv_form;

/// The packages of a workspace.
struct PackageWorkspace {
  std::string root;                   ///< its directory
  std::set<std::string> directories;  ///< of all packages that have a manifest, the root included
};

/// The workspace that the package in `directory` belongs to; only that package if it belongs to none.
/// Throws Error (workflow) if a file that lists packages cannot be read.
PackageWorkspace find_package_workspace(const disk::Workspace& workspace,
                                        const std::string& directory, const WorkspaceForm& form);

}  // namespace commands
