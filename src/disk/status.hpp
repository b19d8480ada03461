// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace disk {

/// What a name in a directory is.
struct Status {
  enum class Kind { file, directory, link, pipe, socket, device };

  Kind kind = Kind::device;
  std::uint64_t device = 0;  ///< with `inode`: which file it is
  std::uint64_t inode = 0;
  unsigned mode = 0;  ///< permissions; this and the owner are 0 on Windows
  unsigned owner = 0;
  unsigned group = 0;

  bool is_file() const { return kind == Kind::file; }
  bool is_directory() const { return kind == Kind::directory; }
  bool is_link() const { return kind == Kind::link; }
  bool is_same_as(const Status& other) const {
    return device == other.device && inode == other.inode;
  }
};

/// "directory", "named pipe", …
inline const char* name_of(Status::Kind kind) {
  switch (kind) {
    case Status::Kind::file:
      return "regular file";
    case Status::Kind::directory:
      return "directory";
    case Status::Kind::link:
      return "symbolic link";
    case Status::Kind::pipe:
      return "named pipe";
    case Status::Kind::socket:
      return "socket";
    case Status::Kind::device:
      break;
  }
  return "device";
}

}  // namespace disk
