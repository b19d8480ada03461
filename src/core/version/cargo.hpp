// SPDX-License-Identifier: MIT
// What the manifests of a Cargo workspace say about the versions of its packages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

struct CargoManifest {
  /// A dependency on a package of the same workspace that also names a version.
  struct PathRequirement {
    std::string path;  ///< of the package's directory, relative to this manifest
    Span version;      ///< "0.1.0", "=0.1.0"
  };

  std::string name;           ///< of the package; "" in a workspace without one
  bool is_workspace = false;  ///< whether it has a table [workspace]
  bool inherits = false;      ///< the package takes its version from [workspace.package]
  bool has_own_version = false;
  std::vector<std::string> members;  ///< directories relative to this manifest; may contain `*`
  std::vector<std::string> paths;    ///< directories of all path dependencies
  std::vector<PathRequirement> requirements;
};

CargoManifest read_cargo_manifest(std::string_view text);

/// `requirement` of a package whose version is `after` now. What still holds
/// and what is no single version stays: "^0.1" at 0.1.5, ">=0.1, <2".
std::string stamped_requirement(std::string_view requirement, std::string_view after);

}  // namespace core
