// SPDX-License-Identifier: MIT
#include "commands/package_workspace.hpp"

#include <algorithm>

#include "commands/workspace_directories.hpp"
#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/version/npm.hpp"
#include "core/version/uv.hpp"
#include "disk/config_file.hpp"

namespace commands {
namespace {

std::vector<std::string> npm_members(const std::string& text, const std::string& /*path*/) {
  return core::read_npm_manifest(text).workspaces;
}

std::vector<std::string> uv_members(const std::string& text, const std::string& /*path*/) {
  const core::UvManifest read = core::read_uv_manifest(text);
  return read.is_workspace && read.members.empty() ? std::vector<std::string>{"."} : read.members;
}

std::vector<std::string> pnpm_members(const std::string& text, const std::string& path) {
  std::vector<std::string> patterns;
  for (const auto& member : disk::parse_config_file(text, path).members) {
    if (member.key != "packages") continue;
    for (const disk::ConfigTree& item : member.value.items) patterns.push_back(item.text);
  }
  return patterns;
}

/// The directories that match one of `patterns`, and none that begins with `!`; always the root.
std::set<std::string> directories_of(const disk::Workspace& workspace, const std::string& root,
                                     const std::vector<std::string>& patterns) {
  std::set<std::string> directories;
  for (const std::string& pattern : patterns) {
    if (pattern.starts_with('!')) continue;
    directories.merge(matching_directories(workspace, root, pattern));
  }
  const auto below_root = [&](const std::string& directory) {
    return core::path_from(root.empty() ? "." : root, directory);
  };
  for (const std::string& pattern : patterns) {
    if (!pattern.starts_with('!')) continue;
    const std::string excluded = path_below(pattern.substr(1), "");
    std::erase_if(directories, [&](const std::string& directory) {
      return core::matches_path(excluded, below_root(directory));
    });
  }
  directories.insert(root);
  return directories;
}

}  // namespace

const WorkspaceForm npm_form = {"package.json", "package.json", npm_members};
const WorkspaceForm pnpm_form = {"package.json", "pnpm-workspace.yaml", pnpm_members};
const WorkspaceForm uv_form = {"pyproject.toml", "pyproject.toml", uv_members};

PackageWorkspace find_package_workspace(const disk::Workspace& workspace,
                                        const std::string& directory, const WorkspaceForm& form) {
  constexpr std::size_t max_manifests = 1000;
  std::vector<std::string> patterns;
  const auto is_root = [&](const std::string& one) {
    const std::string path = path_below(one, form.root);
    const auto text = workspace.read_if_there(path, "stamp");
    patterns = text ? form.members(*text, path) : std::vector<std::string>();
    return !patterns.empty();
  };
  PackageWorkspace found{directory, {directory}};
  if (!workspace.has_inside(directory)) return found;
  const auto root = nearest_directory(workspace, directory, is_root);
  if (!root) return found;
  const auto directories = directories_of(workspace, *root, patterns);
  // A package that no pattern names belongs to something else.
  if (!directories.contains(directory)) return found;
  found = {*root, {}};
  for (const std::string& one : directories) {
    const std::string path = path_below(one, form.manifest);
    if (found.directories.size() == max_manifests) break;
    if (workspace.has_inside(path) && workspace.has(path)) found.directories.insert(one);
  }
  return found;
}

}  // namespace commands
