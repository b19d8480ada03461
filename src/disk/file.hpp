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

/// Bytes to read at once. Small enough for the fastest caches: with 256 KiB, reading and sending
/// took 1.4 times the CPU time (measured on loopback).
inline constexpr std::size_t block_size = std::size_t{64} * 1024;

/// A regular file that is read from its start to its end.
class File {
 public:
  /// `path` is the name used in messages.
  File(Descriptor descriptor, std::string path);

  /// The current identity. Throws Error.
  core::FileIdentity identity() const;

  /// Like identity(), but for a file that was changed just now, waits until a later change would be
  /// visible: file times advance in steps.
  core::FileIdentity settled_identity() const;

  /// Whether the number of bytes that can be read equals the file's size; not so in /proc and /sys.
  bool has_its_size() const;

  /// Reads up to `size` of the next bytes and returns their number, 0 at the end. Throws Error.
  std::size_t read(char* buffer, std::size_t size) const;

  /// Reads the rest; nullopt if it has more than `limit` bytes, whatever size the system reports.
  /// Throws Error.
  std::optional<std::string> read_all(std::uint64_t limit) const;

  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail() const;

  Descriptor descriptor_;
  std::string path_;
};

/// Opens the regular file in `place`. Opens nothing else, and does not wait for a named pipe that
/// replaces the file in the meantime.
std::variant<File, Obstacle> open_regular(const Place& place, const std::string& path);

/// Opens `path`, which was `identity` when it was checked. Throws Error (failed) if it is a
/// different file now or was written to since.
File reopen(const std::string& path, const core::FileIdentity& identity);

/// The end of reopen(): `descriptor` is what its opening gave, with the reason in errno.
File reopened(Descriptor descriptor, const std::string& path, const core::FileIdentity& identity);

inline constexpr const char* since_checked = "since this run checked it";

/// Throws Error (failed): the file changed. `when` is the end of the message.
[[noreturn]] void changed(const std::string& path, const char* when);

}  // namespace disk
