// SPDX-License-Identifier: MIT
#include "commands/workspace_directories.hpp"

#include <utility>
#include <vector>

#include "core/text/glob.hpp"
#include "core/text/path.hpp"

namespace commands {
namespace {

constexpr std::size_t max_directories = 10'000;

std::vector<disk::Entry> entries_of(const disk::Workspace& workspace,
                                    const std::string& directory) {
  const auto listed = workspace.list(directory.empty() ? "." : directory);
  const auto* entries = std::get_if<std::vector<disk::Entry>>(&listed);
  return entries == nullptr ? std::vector<disk::Entry>() : *entries;
}

/// Adds the directories below those in `found`: no links, no hidden ones, no installed packages.
void add_all_below(const disk::Workspace& workspace, std::set<std::string>& found) {
  std::vector<std::string> waiting(found.begin(), found.end());
  while (!waiting.empty() && found.size() < max_directories) {
    const std::string directory = waiting.back();
    waiting.pop_back();
    for (const disk::Entry& entry : entries_of(workspace, directory)) {
      const bool is_searched = entry.kind == disk::Entry::Kind::directory &&
                               !entry.name.starts_with('.') && entry.name != "node_modules";
      if (!is_searched) continue;
      const std::string path = path_below(directory, entry.name);
      if (found.insert(path).second) waiting.push_back(path);
    }
  }
}

}  // namespace

std::string path_below(const std::string& directory, const std::string& path) {
  return core::clean_path(core::joined_path(directory, path));
}

std::string directory_of(const std::string& path) {
  return core::clean_path(core::parent_of_path(path));
}

std::set<std::string> matching_directories(const disk::Workspace& workspace,
                                           const std::string& root, const std::string& pattern) {
  std::set<std::string> found = {root};
  for (const std::string& segment : core::segments(pattern)) {
    if (segment == "**") {
      add_all_below(workspace, found);
      continue;
    }
    std::set<std::string> deeper;
    for (const std::string& directory : found) {
      if (core::is_literal(segment)) {
        deeper.insert(path_below(directory, segment));
        continue;
      }
      for (const disk::Entry& entry : entries_of(workspace, directory)) {
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
