// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "disk/workspace.hpp"

namespace disk {

struct Walked {
  std::vector<std::string>
      paths;  ///< everything that matches, except directories that a wildcard matched
  std::vector<std::string> directories;  ///< directories that a wildcard matched
  std::string directory;  ///< a directory that the pattern names without a wildcard; "" for none
  std::vector<Obstacle> obstacles;  ///< what could not be read
};

struct WalkRules {
  /// Whether wildcards also match a leading dot.
  bool dots = false;
  /// Whether a directory that a wildcard matched can be skipped.
  std::function<bool(const std::string& directory)> skipped = nullptr;
  /// Called for each directory that is read, with the number of its entries. May throw.
  std::function<void(std::size_t names)> looked = nullptr;
};

/// The files that an absolute pattern without braces matches; those of a directory are sorted and
/// come before those of its subdirectories. A directory is read once, and only if something below
/// it can match. `**` follows no symbolic link, a wildcard follows none that leads out of the
/// workspace, and nothing enters a `.git`.
Walked walk(const Workspace& workspace, const std::string& pattern, const WalkRules& rules = {});

/// For a message: up to `most` files below the literal start of `pattern` whose names are most
/// similar to its last segment. Empty if that start is not in the workspace: other files of a
/// runner must not be shown.
std::vector<std::string> near_misses(const Workspace& workspace, const std::string& pattern,
                                     std::size_t most);

}  // namespace disk
