// SPDX-License-Identifier: MIT
// The only code that opens files of the workspace: every path from an input, the configuration
// file, a pattern or a symbolic link. Paths from a checkout cannot lead out of the workspace, and
// nothing in a `.git` is read or written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/problems.hpp"
#include "disk/entries.hpp"
#include "disk/file.hpp"
#include "disk/incoming.hpp"
#include "disk/replacement.hpp"
#include "disk/resolve.hpp"

namespace disk {

inline constexpr std::uint64_t text_limit = std::uint64_t{16} << 20;  ///< bytes of a text
inline constexpr std::uint64_t config_limit = std::uint64_t{64}
                                              << 10;  ///< bytes of the configuration file

/// The directory of the job's files: `known` (the runner's workspace) if it is set, else the
/// current directory. Throws Error (workflow) if the current directory does not exist any more.
std::string workspace_or_here(const std::string& known);

/// What a path leads to, after links were followed.
enum class Found { nothing, file, directory, other };

/// Paths are relative to `directory()`, or absolute. A relative path, and an absolute path below
/// the workspace, cannot lead out of the workspace through links. An absolute path elsewhere, or a
/// path that leaves the workspace by its own `..`, was written by the user and is allowed, unless
/// its last name is a link.
class Workspace {
 public:
  /// Relative paths start at `directory`, which is itself relative to `root`. A directory outside
  /// the workspace becomes a root itself. Throws Error (workflow) if the root cannot be opened.
  explicit Workspace(const std::string& root, const std::string& directory = {});

  /// Absolute, for patterns and messages.
  const std::string& directory() const { return directory_; }
  std::string absolute(const std::string& path) const;
  /// Whether the text of a path is in the workspace; otherwise the user chose a place outside.
  bool has_inside(const std::string& path) const;

  /// Throws Error (workflow) if `directory()` is not a directory, or a link leads it out of the
  /// workspace.
  void check_directory() const;

  /// Opens a regular file. Throws Error that names `option`.
  File open(const std::string& path, const std::string& option) const;

  /// Reads a whole regular file of at most `limit` bytes. Throws Error that names `option`.
  std::string read(const std::string& path, const std::string& option,
                   std::uint64_t limit = text_limit) const;
  /// nullopt if the file does not exist; a broken link is an Error.
  std::optional<std::string> read_if_there(const std::string& path, const std::string& option,
                                           std::uint64_t limit = text_limit) const;

  /// Prepares to write a whole file. With `followed` the file has to exist and its name may be a
  /// link; with `none` it may be new, and its name must not be a link. Throws Error that names
  /// `option`.
  enum class Links { followed, none };
  Replacement replacement(const std::string& path, const std::string& option, Links links) const;

  /// For a file that arrives piece by piece. Throws Error that names `option`, as `replacement` with
  /// `none` does.
  Incoming incoming(const std::string& path, const std::string& option, const std::string& key,
                    Incoming::Begin begin) const;

  /// Whether `path` and all directories above it exist. Throws Error that names `option` if
  /// something else has one of these names.
  bool has_directory(const std::string& path, const std::string& option) const;
  /// Creates the missing ones of these directories. Throws Error that names `option`.
  void make_directories(const std::string& path, const std::string& option) const;

  bool has(const std::string& path) const;  ///< a file of any kind
  std::variant<Found, Obstacle> look(const std::string& path) const;
  /// The entries of a directory, sorted, without `.git`.
  std::variant<std::vector<Entry>, Obstacle> list(const std::string& path) const;
  /// Whether a link points to a directory, anywhere on the disk. Reads nothing else about it.
  bool is_link_to_directory(const std::string& path) const;
  /// Opens a regular file without throwing.
  std::variant<File, Obstacle> try_open(const std::string& path) const;

 private:
  Resolved resolve(const std::string& path) const;
  Place place_for_file(const std::string& path, const std::string& option, Links links) const;
  bool find_directories(const std::string& path, const std::string& option, bool make) const;

  std::shared_ptr<const Root> root_;
  std::string base_;       ///< where relative paths start, relative to the root
  std::string directory_;  ///< the same, absolute
};

}  // namespace disk
