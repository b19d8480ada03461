// SPDX-License-Identifier: MIT
// The names and requirements in the manifests of an workspace of npm or pnpm.
#pragma once

#include <functional>
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

/// Replaces the requirements on `package` of the manifest that is the object at `path` in `text` with
/// what `changed` makes of them. Throws Error (failed) if `text` is not JSON.
std::string with_npm_requirements(
    std::string_view text, const std::vector<std::string>& path, const std::string& package,
    const std::function<std::string(std::string_view requirement)>& changed);

}  // namespace core
