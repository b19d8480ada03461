// SPDX-License-Identifier: MIT
// The names and requirements in the manifests of an npm workspace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

struct NpmManifest {
  std::string name;
  std::vector<std::string> workspaces;  ///< directories relative to this manifest; may contain `*`
};

/// Its members are empty if the text is not a manifest.
NpmManifest read_npm_manifest(std::string_view text);

/// Writes `version` into the requirements on `package` of the manifest that is the object at `path` in
/// `text`, by stamped_requirement(). Throws Error (failed) if `text` is not JSON.
std::string stamped_npm_requirements(std::string_view text, const std::vector<std::string>& path,
                                     const std::string& package, std::string_view version);

}  // namespace core
