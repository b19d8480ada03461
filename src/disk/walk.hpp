// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "disk/workspace.hpp"

namespace disk {

struct Walked {
  std::vector<std::string> paths;  ///< what matches, except directories that a wildcard matched
  std::vector<std::string> directories;  ///< those that it matched
  std::string directory;                 ///< one that the pattern names literally; "" for none
  std::vector<Obstacle> obstacles;       ///< what could not be looked at
};

struct WalkRules {
  /// Whether wildcards match a leading dot that the pattern has not written out, too.
  bool dots = false;
  /// Whether a directory that a wildcard leads to need not be looked into.
  std::function<bool(const std::string& directory)> skipped = nullptr;
  /// Told for each directory that is read how many names are in it. May throw.
  std::function<void(std::size_t names)> looked = nullptr;
};

/// The files that an absolute pattern without braces matches, each directory's in order, before those of
/// the directories in it. A directory is read once, and only where something below it can match. `**`
/// enters no symbolic link, a wildcard none that leads out of the workspace, nothing enters a `.git`.
Walked walk(const Workspace& workspace, const std::string& pattern, const WalkRules& rules = {});

/// Up to `most` files below the literal start of `pattern` whose names are nearest to its last segment,
/// for a message. None where that start is not in the workspace: what else is on a runner is nobody's
/// business.
std::vector<std::string> near_misses(const Workspace& workspace, const std::string& pattern,
                                     std::size_t most);

}  // namespace disk
