// SPDX-License-Identifier: MIT
// The names and requirements in the manifests of a uv workspace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

struct UvManifest {
  std::string name;
  bool is_workspace = false;         ///< whether it has a table [tool.uv.workspace]
  std::vector<std::string> members;  ///< directories relative to this manifest; may contain `*`
};

UvManifest read_uv_manifest(std::string_view text);

/// The normalised name of a Python package, for comparisons (PEP 503).
std::string normal_package_name(std::string_view name);

/// Writes `version`, in the form of PEP 440, into the requirements of a pyproject.toml on `package` that
/// use `==`, `===` or `~=`. Does not change others, such as `>=1.0`, or several conditions.
std::string stamped_python_requirements(std::string_view text, std::string_view package,
                                        std::string_view version);

}  // namespace core
