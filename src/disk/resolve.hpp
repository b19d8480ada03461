// SPDX-License-Identifier: MIT
// Resolves a path to a descriptor of the directory that contains its last name. A directory that
// was checked in this way cannot be exchanged before the file in it is opened.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "disk/descriptor.hpp"
#include "disk/obstacle.hpp"
#include "disk/status.hpp"

namespace disk {

/// A directory; paths below it must not lead out of it.
struct Root {
  Descriptor directory;
  std::string path;  ///< absolute, as given
  std::string real;  ///< the same, with symbolic links resolved
  Status status;
};

/// The end of a path, after all symbolic links were followed.
struct Place {
  Descriptor directory;
  std::string name;              ///< in `directory`, or "." for the directory itself
  std::optional<Status> status;  ///< absent if the name does not exist
  std::string link;              ///< the target of the path's last name, if it is a link
  bool inside = false;           ///< below the root
};

using Resolved = std::variant<Place, Obstacle>;

/// `path` is relative to the root. Links may lead anywhere within the root, also by an absolute
/// path.
Resolved resolve_beneath(const Root& root, const std::string& path);

/// `path` is absolute, and links outside the root are followed. Once it is inside `root` (if not
/// null), it must not lead out again.
Resolved resolve_absolute(const std::string& path, const Root* root = nullptr);

/// `path` made absolute from the current directory. Throws Error (workflow) if that directory does
/// not exist any more.
std::string absolute_path(const std::string& path);

/// The part of an absolute path below `root` ("" for the root itself), or nullopt. Compares texts
/// only and follows no links.
std::optional<std::string> part_below(const Root& root, const std::string& path);

}  // namespace disk
