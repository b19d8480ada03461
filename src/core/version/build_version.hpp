// SPDX-License-Identifier: MIT
// The version of the current build, and what follows from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"
#include "core/version/version.hpp"

namespace core {

struct BuildVersion {
  std::string tag;  ///< unchanged; if there is no tag, "v" and the version
  Version version;
  std::string source;  ///< where it was found: "git", "pyproject.toml", …

  /// A number of the version by its position: "1", "2" and "3" in 1.2.3; "0" if it is absent.
  std::string number(std::size_t index) const;
  std::string prerelease() const;  ///< "rc.1", "rc1"; "" for a stable version
};

/// nullopt if `tag` contains no version.
std::optional<BuildVersion> from_tag(std::string_view tag, std::string_view source);
std::optional<BuildVersion> from_version(std::string_view version, std::string_view source);

/// Selects one of the tags of a commit: `wanted` if it is among them, otherwise the highest
/// version; tags without a prefix come first. nullopt if no tag has a version. Throws Error
/// (workflow) if the only versions are those of several packages (`a/v1`, `b/v2`).
std::optional<std::string> pick_tag(const std::vector<std::string>& tags, std::string_view wanted);

/// Whether a release supersedes this version as the latest: it is published, stable, higher, and
/// its tag has the same prefix.
bool is_overtaken_by(const BuildVersion& build, const Release& release);

}  // namespace core
