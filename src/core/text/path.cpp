// SPDX-License-Identifier: MIT
#include "core/text/path.hpp"

#include <algorithm>
#include <vector>

namespace core {
namespace {

/// Whether this system is Windows.
constexpr bool has_drives = std::filesystem::path::preferred_separator == '\\';

/// Bytes of the `C:` or the `//server` at the start. The standard library of mingw-w64 does not know
/// the second.
std::size_t drive_size(std::string_view path) {
  if (!has_drives) return 0;
  if (path.size() > 1 && path[1] == ':') return 2;
  const bool is_server = path.size() > 2 && path.starts_with("//") && path[2] != '/';
  return is_server ? std::min(path.find('/', 2), path.size()) : 0;
}

}  // namespace

std::string with_slashes(std::string path) {
  if constexpr (has_drives) {
    std::replace(path.begin(), path.end(), '\\', '/');
  }
  return path;
}

bool is_absolute_path(std::string_view path) {
  const std::size_t drive = drive_size(path);
  return (drive > 0) == has_drives && path.substr(drive).starts_with('/');
}

bool is_rooted_path(std::string_view path) {
  return path.starts_with('/') || is_absolute_path(path);
}

std::string root_of_path(std::string_view path) {
  if (!is_absolute_path(path)) return {};
  const std::size_t drive = drive_size(path);
  // A server has no directory of its own, but its shares have.
  const std::size_t top = drive > 2 ? path.find('/', drive + 1) : drive;
  return std::string(path.substr(0, top)) + "/";
}

std::string joined_path(const std::string& directory, const std::string& path) {
  if (is_absolute_path(path) || directory.empty()) return path;
  if (path.starts_with('/')) {
    const std::string root = root_of_path(directory);
    return (root.empty() ? root : root.substr(0, root.size() - 1)) + path;
  }
  return directory + (directory.ends_with('/') ? "" : "/") + path;
}

std::string normal_path(std::string_view path) {
  if (path.empty()) return {};
  std::string root = root_of_path(path);
  if (root.empty() && path.starts_with('/')) root = "/";
  std::vector<std::string_view> names;
  bool is_directory = false;  // whether it ends in a slash
  for (std::size_t at = std::min(root.size(), path.size()); at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const std::string_view name = path.substr(at, end - at);
    const bool can_go_up = !names.empty() && names.back() != "..";
    is_directory = name.empty() || name == "." || name == "..";
    if (name == ".." && can_go_up) {
      names.pop_back();
    } else if (!is_directory || (name == ".." && root.empty())) {
      names.push_back(name);
    }
    at = end + 1;
  }
  std::string result = root;
  for (const std::string_view& name : names) {
    result += name;
    if (&name != &names.back()) result += '/';
  }
  if (is_directory && !names.empty() && names.back() != "..") result += '/';
  return result.empty() ? "." : result;
}

std::string clean_path(std::string_view path) {
  std::string result = normal_path(path);
  const std::size_t root = root_of_path(result).size();
  while (result.size() > std::max<std::size_t>(root, 1) && result.ends_with('/')) result.pop_back();
  return result == "." ? "" : result;
}

std::string last_name_of(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string parent_of_path(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::size_t root = std::max<std::size_t>(root_of_path(path).size(), 1);
  return std::string(path.substr(0, slash < root ? root : slash));
}

std::string path_from(const std::string& directory, const std::string& path) {
  const auto relative = path_of(path).lexically_relative(path_of(directory));
  return relative.empty() ? path : with_slashes(relative.string());  // empty: on another drive
}

}  // namespace core
