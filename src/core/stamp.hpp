// SPDX-License-Identifier: MIT
// Where files keep a version: to read it, and to write another one there with every other byte as it
// was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/regular_expression.hpp"
#include "core/version.hpp"

namespace core {

/// A file and the place of the version in it.
struct VersionPlace {
  enum class Kind { pyproject, package_json, cargo, cmake, pattern };

  std::string path;
  Kind kind = Kind::pattern;
  std::optional<RegularExpression>
      pattern;  ///< its one group is the version; for one line at a time
};

/// The files that are known by their name, in the order in which they are asked.
inline constexpr std::string_view known_version_files[] = {"pyproject.toml", "package.json",
                                                           "Cargo.toml", "CMakeLists.txt"};

/// `path` of one of the known files, or `path => regular expression` (ECMAScript) with one group.
/// Throws Error (workflow) for anything else.
VersionPlace parse_version_place(std::string_view line);

/// The version that `text`, the file's content, has in its place; nullopt where there is none, or
/// something that is no version. Throws Error (workflow) where there are several.
std::optional<std::string> read_version(const VersionPlace& place, std::string_view text);

/// `text` with the version in `tag` in the one place for it, spelt as that file's readers want it:
/// pyproject.toml takes PEP 440, CMake numbers only. Throws Error (workflow) where there is no place
/// or more than one, or no spelling.
std::string stamped(const VersionPlace& place, std::string_view text, std::string_view tag);

}  // namespace core
