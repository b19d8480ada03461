// SPDX-License-Identifier: MIT
// Finds the files that the patterns of `files` match.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "core/release/desired.hpp"
#include "disk/workspace.hpp"

namespace disk {

struct FileSearch {
  std::string patterns;  ///< one per line
  std::string home;      ///< replaces a leading `~`
  bool fail_on_unmatched = true;
  /// How many directory entries outside the workspace a pattern may visit.
  std::size_t max_outside = 1'000'000;
  std::uint64_t max_size = std::numeric_limits<std::uint64_t>::max();  ///< bytes of a file
  /// Called with the progress of a search, each time `quiet` has passed.
  std::function<void(const std::string&)> say = nullptr;
  std::chrono::milliseconds quiet = std::chrono::seconds(8);
};

struct FoundFiles {
  std::vector<core::LocalFile> files;  ///< in the order of the patterns, each path once
  std::vector<std::string> warnings;
};

/// Relative patterns start at the directory of the workspace. Errors in the patterns and files are
/// added to `problems`.
FoundFiles find_files(const Workspace& workspace, const FileSearch& search,
                      core::Problems& problems);

}  // namespace disk
