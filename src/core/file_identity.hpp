// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace core {

/// Identifies a file and its state, by what the file system reports.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;    ///< the number of names (hard links) of the file
  std::uint64_t size = 0;     ///< bytes
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  std::int64_t changed = 0;   ///< likewise; unlike `modified`, no program can set it
};

/// Whether the file was not written to in between. Adding or removing a hard link also sets
/// `changed`, but does not change the content.
inline bool is_unchanged(const FileIdentity& before, const FileIdentity& after) {
  return before.device == after.device && before.inode == after.inode &&
         before.size == after.size && before.modified == after.modified &&
         (before.changed == after.changed || before.links != after.links);
}

}  // namespace core
