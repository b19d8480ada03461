// SPDX-License-Identifier: MIT
// From the patterns of `files` to the files they mean.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "core/desired.hpp"
#include "core/problems.hpp"
#include "disk/workspace.hpp"

namespace disk {

struct FileSearch {
  std::string patterns;  ///< one a line
  std::string home;      ///< for a leading `~`
  bool fail_on_unmatched = true;
  /// How many names a pattern may look at outside the workspace.
  std::size_t most_outside = 1'000'000;
  /// Told what a search is at that takes longer than `quiet`, as often.
  std::function<void(const std::string&)> say = nullptr;
  std::chrono::milliseconds quiet = std::chrono::seconds(8);
};

struct FoundFiles {
  std::vector<core::LocalFile> files;  ///< in the order of the patterns, each path once
  std::vector<std::string> warnings;
};

/// Relative patterns start at the workspace's directory. Everything that is wrong with the patterns and
/// files goes to `problems`.
FoundFiles find_files(const Workspace& workspace, const FileSearch& search,
                      core::Problems& problems);

}  // namespace disk
