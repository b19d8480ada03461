// SPDX-License-Identifier: MIT
// Reads the version in a file, and writes another one in its place. All other bytes stay unchanged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text/regular_expression.hpp"
#include "core/version/version.hpp"

namespace core {

/// A file, and where the version is in it.
struct VersionPlace {
  enum class Kind { pyproject, package_json, cargo, cmake, lock, pattern };

  std::string path;
  Kind kind = Kind::pattern;
  std::optional<RegularExpression>
      pattern;  ///< applied to each line; its only group matches the version
};

/// The files that are recognised by their name, in the order in which they are searched.
inline constexpr std::string_view known_version_files[] = {"pyproject.toml", "package.json",
                                                           "Cargo.toml", "CMakeLists.txt"};

/// The name of the manifest that belongs to a lock file; "" if `name` is not a lock file.
std::string_view manifest_of_lock(std::string_view name);

/// Parses the path of a known file or a lock file, or `path => regular expression` (ECMAScript, with
/// one group). Throws Error (workflow) for anything else.
VersionPlace parse_version_place(std::string_view line);

/// The version in `text`, the content of the file; nullopt if there is none or it is not a valid
/// version. Throws Error (workflow) if there are several.
std::optional<std::string> read_version(const VersionPlace& place, std::string_view text);

/// The version in `tag`, in the format of that kind of file. Throws Error (workflow) if the format
/// cannot express it.
std::string spelling_for(const VersionPlace& place, std::string_view tag);

/// Replaces the version in `text` with the one in `tag`, in the format of that file: PEP 440 in a
/// pyproject.toml, only numbers for CMake. Throws Error (workflow) if the file has no version or
/// several, or if its format cannot express the new one.
std::string stamped(const VersionPlace& place, std::string_view text, std::string_view tag);

}  // namespace core
