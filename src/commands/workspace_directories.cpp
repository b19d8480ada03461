// SPDX-License-Identifier: MIT
#include "commands/workspace_directories.hpp"

#include <filesystem>
#include <utility>
#include <vector>

#include "core/text/glob.hpp"

namespace commands {

std::string path_below(const std::string& directory, const std::string& path) {
  std::string result = (std::filesystem::path(directory) / path).lexically_normal().string();
  while (result.size() > 1 && result.ends_with('/')) result.pop_back();
  return result == "." ? "" : result;
}

std::string directory_of(const std::string& path) {
  return path_below(std::filesystem::path(path).parent_path().string(), "");
}

std::set<std::string> matching_directories(const disk::Workspace& workspace,
                                           const std::string& root, const std::string& pattern) {
  std::set<std::string> found = {root};
  for (const std::string& segment : core::segments(pattern)) {
    std::set<std::string> deeper;
    for (const std::string& directory : found) {
      if (core::is_literal(segment)) {
        deeper.insert(path_below(directory, segment));
        continue;
      }
      const auto listed = workspace.list(directory.empty() ? "." : directory);
      if (!std::holds_alternative<std::vector<disk::Entry>>(listed)) continue;
      for (const disk::Entry& entry : std::get<std::vector<disk::Entry>>(listed)) {
        const bool matches = core::matches_segment(segment, entry.name);
        if (matches) deeper.insert(path_below(directory, entry.name));
      }
    }
    found = std::move(deeper);
  }
  return found;
}

std::optional<std::string> nearest_directory(
    const disk::Workspace& workspace, std::string directory,
    const std::function<bool(const std::string& directory)>& is_it) {
  constexpr int max_levels = 32;
  for (int level = 0; level < max_levels; ++level) {
    if (is_it(directory)) return directory;
    directory = path_below(directory, "..");
    if (!workspace.has_inside(directory)) break;
  }
  return std::nullopt;
}

}  // namespace commands
