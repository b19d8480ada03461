// SPDX-License-Identifier: MIT
// The one door to the files of the workspace: every path that an input, the configuration file, a pattern
// or a symbolic link names is opened here. What a checkout brings leads nowhere else, and nothing in a
// `.git` is touched.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/problems.hpp"
#include "disk/file.hpp"
#include "disk/replacement.hpp"
#include "disk/resolve.hpp"

namespace disk {

inline constexpr std::uint64_t text_limit = std::uint64_t{16} << 20;  ///< of a text, in bytes
inline constexpr std::uint64_t config_limit = std::uint64_t{64}
                                              << 10;  ///< of the configuration file

/// Where the job's files are: `known`, the runner's workspace, else the current directory. Throws Error
/// (workflow) where that does not exist any more.
std::string workspace_or_here(const std::string& known);

/// A name in a directory.
struct Entry {
  enum class Kind { file, directory, link, other };
  std::string name;
  Kind kind = Kind::other;
};

/// What is at a path, with links followed; or what stands in the way.
enum class Found { nothing, file, directory, other };

/// Paths are relative to `directory()`, or absolute. A relative one, and an absolute one below the
/// workspace, leads nowhere else. Another absolute one, or one that leaves the workspace by `..` that it
/// has written out, is somebody's wish and goes its way, if no link is its end.
class Workspace {
 public:
  /// `directory`, from `root`, is where relative paths start. One outside the workspace is a root of its
  /// own. Throws Error (workflow) where the root cannot be opened.
  explicit Workspace(const std::string& root, const std::string& directory = {});

  /// Absolute, for patterns and messages.
  const std::string& directory() const { return directory_; }
  std::string absolute(const std::string& path) const;
  /// Whether a path stands in the workspace by its words; else it is somebody's wish.
  bool has_inside(const std::string& path) const;

  /// Throws Error (workflow) where `directory()` is none, or a link leads it out.
  void check_directory() const;

  /// A regular file. Throws Error that names `option`.
  File open(const std::string& path, const std::string& option) const;

  /// The whole of a regular file, of at most `limit` bytes. Throws Error that names `option`.
  std::string read(const std::string& path, const std::string& option,
                   std::uint64_t limit = text_limit) const;
  /// Absent where there is no such file; a link to nothing is an Error.
  std::optional<std::string> read_if_there(const std::string& path, const std::string& option,
                                           std::uint64_t limit = text_limit) const;

  /// To write a whole file: with `followed` one that is to be read first, and may be named by a link; with
  /// `none` one that may be new, whose name may be no link. Throws Error that names `option` where there
  /// cannot be such a file.
  enum class Links { followed, none };
  Replacement replacement(const std::string& path, const std::string& option, Links links) const;

  /// Whether there are directories down to `path`. Throws Error that names `option` where something else
  /// is in their place.
  bool has_directory(const std::string& path, const std::string& option) const;
  /// Makes them, as far as they are missing. Throws Error that names `option`.
  void make_directories(const std::string& path, const std::string& option) const;

  bool has(const std::string& path) const;  ///< whatever it is
  std::variant<Found, Obstacle> look(const std::string& path) const;
  /// What is in a directory, sorted, without `.git`.
  std::variant<std::vector<Entry>, Obstacle> list(const std::string& path) const;
  /// Whether a link ends at a directory, wherever that is: nothing but its kind is asked for.
  bool is_link_to_directory(const std::string& path) const;
  /// A regular file, without an Error.
  std::variant<File, Obstacle> try_open(const std::string& path) const;

 private:
  Resolved resolve(const std::string& path) const;
  bool find_directories(const std::string& path, const std::string& option, bool make) const;

  std::shared_ptr<const Root> root_;
  std::string base_;       ///< where relative paths start, from the root
  std::string directory_;  ///< the same, absolute
};

}  // namespace disk
