// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace core {

/// Which file it is, and in which state: what a file system says of it.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;    ///< names that the file has
  std::uint64_t size = 0;     ///< bytes
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  std::int64_t changed = 0;   ///< likewise; unlike `modified` nobody can set it
};

/// Whether nobody has written to the file in between. Giving it another name, or taking one away,
/// sets `changed` too, and leaves the bytes as they are.
inline bool is_unchanged(const FileIdentity& before, const FileIdentity& after) {
  return before.device == after.device && before.inode == after.inode &&
         before.size == after.size && before.modified == after.modified &&
         (before.changed == after.changed || before.links != after.links);
}

}  // namespace core
