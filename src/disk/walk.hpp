// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace disk {

struct Walked {
  std::vector<std::string> paths;  ///< what matches, except directories that a wildcard matched
  std::string directory;           ///< a directory that the pattern names literally; "" for none
};

/// Whether a directory that a wildcard leads to need not be looked into.
using Skipped = std::function<bool(const std::string& directory)>;

/// The files that an absolute pattern without braces matches, each directory's in order, before those
/// of the directories in it. A directory is read once, and only where something below it can match.
/// `**` enters no symbolic link. Directories that cannot be read are passed over.
Walked walk(const std::string& pattern, const Skipped& skipped = nullptr);

/// Up to `most` files below the literal start of `pattern` whose names are nearest to its last
/// segment, for a message.
std::vector<std::string> near_misses(const std::string& pattern, std::size_t most);

}  // namespace disk
