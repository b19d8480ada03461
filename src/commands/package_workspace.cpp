// SPDX-License-Identifier: MIT
#include "commands/package_workspace.hpp"

#include "commands/workspace_directories.hpp"

namespace commands {

PackageWorkspace find_package_workspace(
    const disk::Workspace& workspace, const std::string& directory, const std::string& file,
    const std::function<std::vector<std::string>(const std::string& text)>& members) {
  constexpr std::size_t max_manifests = 1000;
  std::vector<std::string> patterns;
  const auto is_root = [&](const std::string& one) {
    patterns = members(workspace.read_if_there(path_below(one, file), "stamp").value_or(""));
    return !patterns.empty();
  };
  PackageWorkspace found{directory, {directory}};
  if (!workspace.has_inside(directory)) return found;
  const auto root = nearest_directory(workspace, directory, is_root);
  if (!root) return found;
  std::set<std::string> directories = {*root};
  for (const std::string& pattern : patterns) {
    directories.merge(matching_directories(workspace, *root, pattern));
  }
  // A package that no pattern names belongs to something else.
  if (!directories.contains(directory)) return found;
  found = {*root, {}};
  for (const std::string& one : directories) {
    const std::string path = path_below(one, file);
    if (found.directories.size() == max_manifests) break;
    if (workspace.has_inside(path) && workspace.has(path)) found.directories.insert(one);
  }
  return found;
}

}  // namespace commands
