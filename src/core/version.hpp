// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A version by SemVer (`1.2.0-rc.1`) or PEP 440 (`1.2.0rc1`, `1!2.0.post1`). Numbers are kept as
/// their digits without leading zeros: neither scheme says how large they may be.
struct Version {
  std::string text;                  ///< as written, without the tag's prefix and `v`
  std::string epoch = "0";           ///< PEP 440
  std::vector<std::string> numbers;  ///< "1.2.0": 1, 2, 0; at least one
  std::vector<std::string>
      prerelease;                   ///< "rc.1", "rc1": rc, 1; of PEP 440's a, b, c: alpha, beta, rc
  std::optional<std::string> post;  ///< PEP 440's post release; its number, "0" where it has none
  std::optional<std::string> dev;   ///< PEP 440's development release, likewise

  bool is_prerelease() const { return !prerelease.empty() || dev.has_value(); }
};

/// The order of SemVer, and for what only PEP 440 can write the order of that. Trailing zeros and
/// build metadata say nothing: `1.2` and `1.2.0+x` are equivalent. One difference is on purpose:
/// `rc10` comes after `rc9`, which SemVer compares letter by letter.
std::weak_ordering operator<=>(const Version& a, const Version& b);
inline bool operator==(const Version& a, const Version& b) { return (a <=> b) == 0; }

/// What a tag has before its version, up to its last `/` or `@`: "app/" of `app/v1.2.0`, "" of
/// `v1.2.0`. Tags with one prefix are versions of one thing.
std::string_view version_prefix(std::string_view tag);

/// In bytes. Servers keep a tag in 255, and two versions are compared in a time in proportion to
/// their length.
inline constexpr std::size_t longest_version = 255;

/// The version in a tag, behind its prefix and an optional `v`, in either case; nullopt where that
/// is none, down to the last character, or a longer one.
std::optional<Version> parse_version(std::string_view tag);

/// Whether the version in `tag` is a prerelease; no version: false.
bool is_prerelease(std::string_view tag);

}  // namespace core
