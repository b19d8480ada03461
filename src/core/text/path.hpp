// SPDX-License-Identifier: MIT
// Paths as texts. Inside the program a path is UTF-8 with `/` on every system; on Windows an absolute one is
// `C:/w/x` or `//server/share/x`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace core {

/// The path that a text in UTF-8 names. The conversion that the standard library does by itself is not from
/// UTF-8 on Windows; the one back, path::string(), gives UTF-8 on all systems.
inline std::filesystem::path path_of(std::string_view utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

/// A path that comes from outside the program. On Windows `\` becomes `/`; elsewhere `\` is a part of a name.
/// Not for patterns, in which it is the escape character.
std::string with_slashes(std::string path);

/// Whether a path starts at the top of a file system, and not at a directory.
bool is_absolute_path(std::string_view path);
/// The same, or (on Windows) at the top of the current drive.
bool is_rooted_path(std::string_view path);

/// Where an absolute path starts: "/", "C:/", "//server/share/"; "" for a relative one.
std::string root_of_path(std::string_view path);

/// `path`, which starts at `directory` if it is relative.
std::string joined_path(const std::string& directory, const std::string& path);

/// Without empty and "." names, and without ".." where a name can be left out for it; "." for no name. What
/// ended with a slash or in a name that was left out ends with a slash. Also for patterns.
std::string normal_path(std::string_view path);

/// The same without a slash at the end; "" for ".".
std::string clean_path(std::string_view path);

/// The last name, which is "" after a slash.
std::string last_name_of(std::string_view path);

/// Without its last name: "a/b" and "/a" give "a" and "/".
std::string parent_of_path(std::string_view path);

/// `path` as it is written at `directory`; both are normal, and both are absolute or neither is. `path` itself
/// if it is on another drive.
std::string path_from(const std::string& directory, const std::string& path);

}  // namespace core
