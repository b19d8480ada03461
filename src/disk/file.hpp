// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/file_identity.hpp"
#include "disk/descriptor.hpp"
#include "disk/obstacle.hpp"
#include "disk/resolve.hpp"

namespace disk {

/// Bytes to be read at once: what stays in the fastest caches. With 256 KiB, reading and sending took
/// 1.4 times the CPU time (measured on loopback).
inline constexpr std::size_t block_size = std::size_t{64} * 1024;

/// A regular file that is read from its start to its end.
class File {
 public:
  /// `path` is its name in messages.
  File(Descriptor descriptor, std::string path);

  /// What it is now. Throws Error.
  core::FileIdentity identity() const;

  /// Likewise, but of a file that was changed in this moment only once a later change would show: the
  /// times of files move on in steps.
  core::FileIdentity settled_identity() const;

  /// Whether as many bytes can be read as its size says: not in /proc and /sys.
  bool has_its_size() const;

  /// Up to `size` of the next bytes; returns how many, 0 at the end. Throws Error.
  std::size_t read(char* buffer, std::size_t size) const;

  /// The rest; absent where it has more than `limit` bytes, whatever its size is said to be. Throws Error.
  std::optional<std::string> read_all(std::uint64_t limit) const;

  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail() const;

  Descriptor descriptor_;
  std::string path_;
};

/// Opens what stands in `place`: a regular file or nothing at all. Nothing else is touched, and a named
/// pipe that takes the file's place meanwhile is not waited for.
std::variant<File, Obstacle> open_regular(const Place& place, const std::string& path);

/// Opens `path` again, which was checked before and was `identity` then: no other file, and not that one
/// if it was written to in between. Throws Error (failed).
File reopen(const std::string& path, const core::FileIdentity& identity);

/// Throws Error (failed): the file changed, `when` says when.
[[noreturn]] void changed(const std::string& path, const char* when);

/// What stands there, if that is no regular file: "directory", "named pipe", …
std::string kind_of(const struct stat& status);

}  // namespace disk
