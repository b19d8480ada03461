// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/version/cargo.hpp"
#include "disk/workspace.hpp"

namespace commands {

/// The packages of a Cargo workspace, according to its manifests: its members, and their path
/// dependencies.
class CargoWorkspace {
 public:
  /// The workspace of this manifest's package. Throws Error if a manifest cannot be read.
  CargoWorkspace(const std::string& manifest, const disk::Workspace& workspace);

  const std::string& root() const { return root_; }  ///< the directory of the workspace

  /// The directories of the packages whose version is in that manifest: its own package, or all
  /// that inherit the version of the workspace.
  std::set<std::string> versioned() const;

  /// Their manifests, by directory.
  const std::map<std::string, core::CargoManifest>& manifests() const { return manifests_; }

 private:
  bool read(const std::string& directory);
  void find_root();

  const disk::Workspace& workspace_;
  std::string directory_;
  std::string root_;
  std::map<std::string, core::CargoManifest> manifests_;
};

}  // namespace commands
