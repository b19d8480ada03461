// SPDX-License-Identifier: MIT
// From a path to the directory that its last name stands in, by descriptors: what was checked cannot be
// exchanged for something else before it is opened.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <variant>

#include "disk/descriptor.hpp"
#include "disk/obstacle.hpp"

namespace disk {

/// A directory that nothing beneath it leads out of.
struct Root {
  Descriptor directory;
  std::string path;  ///< absolute, as it was named
  std::string real;  ///< the same without symbolic links
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
};

/// Where a path ends, with all symbolic links followed.
struct Place {
  Descriptor directory;
  std::string name;                   ///< in `directory`, or "." for that itself
  std::optional<struct stat> status;  ///< absent where there is nothing of that name
  std::string link;                   ///< where the path's last name leads, if that is a link
  bool inside = false;                ///< beneath the root
};

using Resolved = std::variant<Place, Obstacle>;

/// `path` is relative to the root. Links may lead anywhere in it, by an absolute path too.
Resolved resolve_beneath(const Root& root, const std::string& path);

/// `path` is absolute, and links of the system are followed. Where it comes into `root` (if there is one),
/// nothing leads out of that again.
Resolved resolve_absolute(const std::string& path, const Root* root = nullptr);

/// `path` from the current directory on. Throws Error (workflow) where that does not exist any more.
std::string absolute_path(const std::string& path);

/// The part of an absolute path that lies below `root` by its words alone ("" for itself), or absent.
std::optional<std::string> part_below(const Root& root, const std::string& path);

}  // namespace disk
