// SPDX-License-Identifier: MIT
// From the patterns of `files` to the files they mean.
#pragma once

#include <string>
#include <vector>

#include "core/desired.hpp"
#include "core/problems.hpp"

namespace disk {

struct FileSearch {
  std::string patterns;   ///< one a line
  std::string directory;  ///< where relative patterns start
  std::string workspace;  ///< where a symbolic link has to end
  std::string home;       ///< for a leading `~`
  bool fail_on_unmatched = true;
};

struct FoundFiles {
  std::vector<core::LocalFile> files;  ///< in the order of the patterns, each path once
  std::vector<std::string> warnings;
};

/// Everything that is wrong with the patterns and files goes to `problems`.
FoundFiles find_files(const FileSearch& search, core::Problems& problems);

}  // namespace disk
