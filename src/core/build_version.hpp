// SPDX-License-Identifier: MIT
// The version of what is being built, and what follows from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"
#include "core/version.hpp"

namespace core {

struct BuildVersion {
  std::string tag;  ///< as it is; of a version without one, "v" and the version
  Version version;
  std::string source;  ///< where it was found: "git", "pyproject.toml", …

  /// The part of a number: "1", "2", "3" of 1.2.3; "0" where it has none.
  std::string number(std::size_t index) const;
  std::string prerelease() const;  ///< "rc.1", "rc1"; "" for a stable version
};

/// nullopt where `tag` has no version in it.
std::optional<BuildVersion> from_tag(std::string_view tag, std::string_view source);
std::optional<BuildVersion> from_version(std::string_view version, std::string_view source);

/// Of the tags of one commit the one that is meant: `wanted` where it is among them, else the
/// highest version, tags without a prefix first. nullopt where none has a version; throws Error
/// (workflow) where only tags of several things (`a/v1`, `b/v2`) have one.
std::optional<std::string> pick_tag(const std::vector<std::string>& tags, std::string_view wanted);

/// Whether a release takes the place of the latest from this version: published, stable, a version
/// of the same thing (the tag's prefix), and higher.
bool is_overtaken_by(const BuildVersion& build, const Release& release);

}  // namespace core
