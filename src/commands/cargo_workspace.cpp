// SPDX-License-Identifier: MIT
#include "commands/cargo_workspace.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "commands/workspace_directories.hpp"
#include "core/error.hpp"

namespace commands {
namespace {

constexpr const char* file_name = "Cargo.toml";
constexpr const char* option = "stamp";
constexpr std::size_t max_manifests = 1000;

}  // namespace

CargoWorkspace::CargoWorkspace(const std::string& manifest, const disk::Workspace& workspace)
    : workspace_(workspace), directory_(directory_of(manifest)), root_(directory_) {
  if (!read(directory_)) {
    throw core::Error(core::Fault::workflow,
                      fmt::format("stamp: there is no {}", path_below(directory_, file_name)),
                      "It is needed to tell which entries of the lock file belong to the project.");
  }
  find_root();
  std::vector<std::string> waiting = {root_, directory_};
  while (!waiting.empty() && manifests_.size() < max_manifests) {
    const std::string directory = waiting.back();
    waiting.pop_back();
    const auto& found = manifests_.at(directory);
    std::set<std::string> next;
    for (const std::string& path : found.paths) next.insert(path_below(directory, path));
    if (directory == root_) {
      for (const std::string& pattern : found.members)
        next.merge(matching_directories(workspace_, root_, pattern));
    }
    for (const std::string& one : next) {
      if (!manifests_.contains(one) && read(one)) waiting.push_back(one);
    }
  }
}

/// False if there is no manifest, or one that does not belong to the workspace.
bool CargoWorkspace::read(const std::string& directory) {
  const std::string path = path_below(directory, file_name);
  if (!workspace_.has_inside(path) && directory != directory_) return false;
  const auto text = workspace_.read_if_there(path, option);
  if (text) manifests_[directory] = core::read_cargo_manifest(*text);
  return text.has_value();
}

/// The nearest directory above with a table [workspace].
void CargoWorkspace::find_root() {
  constexpr int max_levels = 32;
  std::string directory = directory_;
  for (int level = 0; level < max_levels; ++level) {
    const auto found = manifests_.find(directory);
    if (found != manifests_.end() && found->second.is_workspace) {
      root_ = directory;
      return;
    }
    if (directory != directory_) manifests_.erase(directory);
    directory = path_below(directory, "..");
    if (!read(directory) && !workspace_.has_inside(path_below(directory, file_name))) return;
  }
}

std::set<std::string> CargoWorkspace::versioned() const {
  if (manifests_.at(directory_).has_own_version) return {directory_};
  std::set<std::string> result;
  for (const auto& [directory, manifest] : manifests_) {
    if (manifest.inherits) result.insert(directory);
  }
  return result;
}

}  // namespace commands
