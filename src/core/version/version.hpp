// SPDX-License-Identifier: MIT
// Versions, and the tags that contain them.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A version by SemVer (`1.2.0-rc.1`), by PEP 440 (`1.2.0rc1`, `1!2.0.post1`), or in another common
/// form (`1.2.0.Final`). Numbers are stored as digits without leading zeros, because no scheme limits
/// their size.
struct Version {
  std::string text;                  ///< as in the tag, without the prefix and `v`
  std::string epoch = "0";           ///< PEP 440
  std::vector<std::string> numbers;  ///< "1.2.0": 1, 2, 0; at least one
  std::vector<std::string>
      prerelease;  ///< rc and 1 for "rc.1" and "rc1"; PEP 440's a, b and c become alpha, beta and rc
  std::optional<std::string> post;  ///< the number of a post-release; "0" if it has none
  std::optional<std::string> dev;   ///< the number of a development release (PEP 440), likewise

  bool is_prerelease() const { return !prerelease.empty() || dev.has_value(); }
};

/// The order of SemVer; for versions that are not SemVer, that of PEP 440. Ignores trailing zeros and
/// build metadata: `1.2` and `1.2.0+x` are equivalent. It differs from SemVer on purpose in one point:
/// digits within an identifier are compared as a number, so that `rc10` comes after `rc9`.
std::weak_ordering operator<=>(const Version& a, const Version& b);
inline bool operator==(const Version& a, const Version& b) { return (a <=> b) == 0; }

/// The part of a tag before its version and the optional `v`: "app/" in `app/v1.2.0`, "app-" in
/// `app-1.2.0`, "" in `v1.2.0`. In a tag without a version: everything up to the last `/` or `@`.
/// Tags with the same prefix are versions of the same package.
std::string_view version_prefix(std::string_view tag);

/// In bytes. Servers store at most 255 bytes of a tag. Comparing two versions takes time
/// proportional to their length.
inline constexpr std::size_t max_version_length = 255;

/// Parses the version in a tag, after its prefix and an optional `v` or `V`. nullopt if the rest of
/// the tag is not completely a version, or is too long. Tries SemVer, then PEP 440, then other common
/// forms; see docs/versioning.md for the rules.
std::optional<Version> parse_version(std::string_view tag);

/// Whether both contain a version, and that of `tag` is higher.
bool is_higher(std::string_view tag, std::string_view other);

/// Whether the version in `tag` is a prerelease; false without a version.
bool is_prerelease(std::string_view tag);

}  // namespace core
