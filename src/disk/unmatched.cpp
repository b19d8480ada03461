// SPDX-License-Identifier: MIT
#include "disk/unmatched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/glob.hpp"
#include "core/text.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_names = 5;

/// As somebody would write it who stands in the working directory.
std::string relative(const Workspace& workspace, const std::string& path) {
  return workspace.has_inside(path)
             ? fs::path(path).lexically_relative(workspace.directory()).string()
             : path;
}

std::string list_of(const Workspace& workspace, const std::vector<std::string>& paths) {
  std::vector<std::string> shown;
  for (const std::string& path : paths) {
    if (shown.size() == most_names) break;
    shown.push_back(core::one_line(relative(workspace, path)));
  }
  return core::join(shown, ", ");
}

/// The pattern for names with a dot: "dist/*" gives "dist/.*". "" where its end says no such thing.
std::string with_dot(const std::string& pattern) {
  const auto slash = pattern.rfind('/');
  const std::string start = slash == std::string::npos ? "" : pattern.substr(0, slash + 1);
  const std::string name = pattern.substr(start.size());
  if (pattern.find('{') != std::string::npos || name.empty()) return "";
  if (name == "**") return pattern + "/.*";
  if (name.front() == '*') return start + "." + name;
  return name.front() == '?' ? start + "." + name.substr(1) : "";
}

/// What to write for names with a dot, of which `path` is one.
std::string advice(const Workspace& workspace, const std::string& written,
                   const std::string& path) {
  const bool is_of_name = fs::path(path).filename().string().starts_with('.');
  const std::string pattern = is_of_name ? with_dot(written) : "";
  if (!pattern.empty()) return fmt::format("Write '{}' for them.", core::one_line(pattern));
  if (!workspace.has_inside(path)) return "Write the dot in the pattern.";
  return fmt::format("Write the dot in the pattern, such as '{}'.",
                     core::one_line(relative(workspace, path)));
}

}  // namespace

Unmatched explain_unmatched(const Workspace& workspace, const std::string& written,
                            const std::string& absolute, const Walked& walked, WalkRules rules) {
  const bool is_ours = workspace.has_inside(absolute);
  if (!walked.directories.empty()) {
    const std::string names = list_of(workspace, walked.directories);
    return {is_ours ? fmt::format("only directories ({})", names) : "only directories",
            fmt::format("Write '{}/**' for the files in them.", core::one_line(written))};
  }
  rules.dots = true;
  const Walked with_dots = walk(workspace, absolute, rules);
  if (!with_dots.paths.empty()) {
    std::string why = fmt::format("nothing in {}: a wildcard does not match a leading dot",
                                  core::one_line(workspace.directory()));
    if (is_ours) why += ", and there are only " + list_of(workspace, with_dots.paths);
    return {why, advice(workspace, written, with_dots.paths.front())};
  }
  std::string why = fmt::format("nothing in {}", core::one_line(workspace.directory()));
  const auto near = near_misses(workspace, absolute, most_names);
  if (!near.empty()) why += fmt::format("; there are {}", core::one_line(core::join(near, ", ")));
  return {why, ""};
}

}  // namespace disk
