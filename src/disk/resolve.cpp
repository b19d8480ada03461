// SPDX-License-Identifier: MIT
#include "disk/resolve.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <sys/syscall.h>
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif

#include <array>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <vector>

#include "core/text/glob.hpp"
#include "core/text/text.hpp"

namespace disk {
namespace {

using Reason = Obstacle::Reason;

constexpr int max_links = 40;  // the limit of Linux
constexpr int of_directory = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// Ignores case, as git does, because some file systems do.
bool is_git(std::string_view name) { return core::lower(name) == ".git"; }

/// The names in a path. A slash at the end, which requires a directory, becomes a last name ".".
std::deque<std::string> names_of(const std::string& path) {
  const auto names = core::segments(path);
  std::deque<std::string> result(names.begin(), names.end());
  if (path.ends_with('/') && !result.empty()) result.emplace_back(".");
  return result;
}

std::optional<struct stat> status_of(int directory, const std::string& name) {
  struct stat status {};
  if (fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
    return std::nullopt;
  }
  return status;
}

/// Opens a directory below `start` whose path contains no link. The kernel checks that in one step.
Descriptor straight_to(int start, const std::string& path) {
#if defined(SYS_openat2) && defined(RESOLVE_BENEATH)
  open_how how{};
  how.flags = of_directory;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS;
  return Descriptor(static_cast<int>(syscall(SYS_openat2, start, path.c_str(), &how, sizeof how)));
#else
  (void)start, (void)path;
  return {};
#endif
}

/// The fast case: a path without links and dots, as nearly every path is. Absent for any other
/// path, if something fails, or if the kernel does not have openat2 or a container forbids it
/// (EPERM, ENOSYS): PathWalk then resolves the path.
std::optional<Place> straight(int start, const std::string& path, bool inside) {
  const auto names = names_of(path);
  if (names.empty()) return std::nullopt;
  std::string parent = ".";
  for (const std::string& name : names) {
    if (name == "." || name == ".." || is_git(name)) return std::nullopt;
    if (&name != &names.back()) parent += "/" + name;
  }
  Place place{straight_to(start, parent), names.back(), {}, {}, inside};
  if (!place.directory) return std::nullopt;
  place.status = status_of(place.directory.get(), place.name);
  if (!place.status || S_ISLNK(place.status->st_mode)) return std::nullopt;
  return place;
}

/// Follows a path name by name, links included.
class PathWalk {
 public:
  /// `start` is "/" or the root.
  PathWalk(int start, const Root* root, bool inside) : root_(root), inside_(inside) {
    restart(start);
  }

  Resolved to(const std::string& path) {
    left_ = names_of(path);
    while (!left_.empty()) {
      const std::string name = std::move(left_.front());
      left_.pop_front();
      if (auto end = step(name)) return std::move(*end);
    }
    Place place{std::move(ways_.back().directory), ".", {}, link_, inside_};
    struct stat status {};  // by the descriptor, which needs no permission to read the directory
    if (fstat(place.directory.get(), &status) == 0) place.status = status;
    return place;
  }

 private:
  struct Way {
    Descriptor directory;
    std::string name;
  };

  void restart(int directory) {
    ways_.clear();
    // A duplicate, because the caller still owns `directory`.
    ways_.push_back({Descriptor(fcntl(directory, F_DUPFD_CLOEXEC, 0)), ""});
  }

  int here() const { return ways_.back().directory.get(); }

  /// The path of `name`, for messages.
  std::string at(const std::string& name) const {
    std::string path = inside_ && root_ != nullptr ? root_->path : "";
    if (path == "/") path.clear();
    for (const Way& way : ways_) {
      if (!way.name.empty()) path += "/" + way.name;
    }
    return path + "/" + name;
  }

  Obstacle failed(const std::string& name) const {
    Obstacle obstacle{Reason::failed, at(name)};
    obstacle.error = errno;
    if (errno == ENOENT) obstacle.reason = Reason::absent;
    if (errno == ENOTDIR) obstacle.reason = Reason::not_directory;
    return obstacle;
  }

  /// Takes one step; returns the result if the path ends here.
  std::optional<Resolved> step(const std::string& name) {
    if (name == ".") return std::nullopt;
    if (name == "..") return up();
    if (is_git(name)) return Obstacle{Reason::in_git, at(name)};
    const auto status = status_of(here(), name);
    const bool is_last = left_.empty();
    if (!status && (errno != ENOENT || !is_last)) return failed(name);
    if (status && S_ISLNK(status->st_mode)) return follow(name, is_last);
    if (is_last) return Place{std::move(ways_.back().directory), name, status, link_, inside_};
    if (!S_ISDIR(status->st_mode)) return Obstacle{Reason::not_directory, at(name)};
    return enter(name, *status);
  }

  std::optional<Resolved> up() {
    if (ways_.size() > 1) {
      ways_.pop_back();
    } else if (inside_) {
      const bool by_link = links_ > 0 && left_.size() >= left_behind_link_;
      return by_link ? Obstacle{Reason::leads_out, link_at_, last_link_}
                     : Obstacle{Reason::leads_out, ""};
    }
    return std::nullopt;
  }

  std::optional<Resolved> enter(const std::string& name, const struct stat& status) {
    Descriptor next(openat(here(), name.c_str(), of_directory));
    if (!next) return failed(name);
    if (!inside_ && root_ != nullptr && status.st_dev == root_->device &&
        status.st_ino == root_->inode) {
      inside_ = true;
      ways_.clear();
      ways_.push_back({std::move(next), ""});
    } else {
      ways_.push_back({std::move(next), name});
    }
    return std::nullopt;
  }

  std::optional<Resolved> follow(const std::string& name, bool is_last) {
    if (++links_ > max_links) return Obstacle{Reason::link_loop, at(name)};
    std::array<char, PATH_MAX> target{};
    const ssize_t length = readlinkat(here(), name.c_str(), target.data(), target.size());
    if (length < 0) return failed(name);
    last_link_.assign(target.data(), static_cast<std::size_t>(length));
    if (is_last) link_ = last_link_;
    link_at_ = at(name);
    left_behind_link_ = left_.size();
    std::string rest = last_link_;
    if (last_link_.starts_with('/')) {
      if (!inside_) {
        const Descriptor top(open("/", of_directory));
        restart(top.get());
      } else if (const auto below = root_ ? part_below(*root_, last_link_) : std::nullopt) {
        rest = *below;
        restart(root_->directory.get());
      } else {
        return Obstacle{Reason::leads_out, at(name), last_link_};
      }
    }
    const auto names = names_of(rest);
    left_.insert(left_.begin(), names.begin(), names.end());
    return std::nullopt;
  }

  const Root* root_;
  bool inside_;
  std::vector<Way> ways_;  ///< the directories from the start to here
  std::deque<std::string> left_;
  int links_ = 0;
  std::string last_link_;  ///< its target
  std::string link_at_;
  std::size_t left_behind_link_ = 0;  ///< number of names that follow it
  std::string link_;
};

}  // namespace

Resolved resolve_beneath(const Root& root, const std::string& path) {
  if (auto place = straight(root.directory.get(), path, true)) return std::move(*place);
  return PathWalk(root.directory.get(), &root, true).to(path);
}

Resolved resolve_absolute(const std::string& path, const Root* root) {
  const Descriptor top(open("/", of_directory));
  if (auto place = straight(top.get(), path, false)) return std::move(*place);
  return PathWalk(top.get(), root, false).to(path);
}

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  if (!error) return whole.string();
  throw core::Error(
      core::Fault::workflow,
      fmt::format("the current directory cannot be found ({})", error.message()),
      "Start the program in a directory that exists; the current one may have been deleted.");
}

std::optional<std::string> part_below(const Root& root, const std::string& path) {
  for (const std::string& start : {root.path, root.real}) {
    if (start == "/" || path == start) return path.substr(start == "/" ? 0 : start.size());
    if (path.starts_with(start + "/")) return path.substr(start.size());
  }
  return std::nullopt;
}

}  // namespace disk
