// SPDX-License-Identifier: MIT
#include "disk/resolve.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <deque>
#include <filesystem>
#include <vector>

#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/at.hpp"

namespace disk {
namespace {

using Reason = Obstacle::Reason;

constexpr int max_links = 40;  // the limit of Linux

/// Ignores case, as git does, because some file systems do.
bool is_git(const std::string& name) {
  return core::lower(name) == ".git" || is_spelling_of_git(name);
}

/// The names in a path. A slash at the end, which requires a directory, becomes a last name ".".
std::deque<std::string> names_of(const std::string& path) {
  const auto names = core::segments(path);
  std::deque<std::string> result(names.begin(), names.end());
  if (path.ends_with('/') && !result.empty()) result.emplace_back(".");
  return result;
}

/// The fast case: a path without links and dots, as nearly every path is. Absent for any other
/// path, if something fails, or if the system does not have the call: PathWalk then resolves the
/// path.
std::optional<Place> straight(const Descriptor& start, const std::string& path, bool inside) {
  const auto names = names_of(path);
  if (names.empty()) return std::nullopt;
  std::string parent = ".";
  for (const std::string& name : names) {
    if (name == "." || name == ".." || is_git(name)) return std::nullopt;
    if (&name != &names.back()) parent += "/" + name;
  }
  Place place{open_straight(start, parent), names.back(), {}, {}, inside};
  if (!place.directory) return std::nullopt;
  place.status = status_at(place.directory, place.name);
  if (!place.status || place.status->is_link()) return std::nullopt;
  return place;
}

/// Follows a path name by name, links included.
class PathWalk {
 public:
  /// `start` is the root, or the directory `top`.
  PathWalk(const Descriptor& start, const Root* root, bool inside, std::string top = {})
      : root_(root), inside_(inside), top_(std::move(top)) {
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
    place.status = status_of(place.directory);  // needs no permission to read the directory
    return place;
  }

 private:
  struct Way {
    Descriptor directory;
    std::string name;
  };

  void restart(const Descriptor& directory) {
    ways_.clear();
    ways_.push_back({duplicate(directory), ""});
  }

  const Descriptor& here() const { return ways_.back().directory; }

  /// The path of `name`, for messages.
  std::string at(const std::string& name) const {
    std::string path = inside_ && root_ != nullptr ? root_->path : top_;
    if (path.ends_with('/')) path.pop_back();
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
    if (std::string what = reserved_meaning_of(name); !what.empty()) {
      return Obstacle{Reason::special, at(name), "", std::move(what)};
    }
    const auto status = status_at(here(), name);
    const bool is_last = left_.empty();
    if (!status && (errno != ENOENT || !is_last)) return failed(name);
    if (status && status->is_link()) return follow(name, is_last);
    if (is_last) return Place{std::move(ways_.back().directory), name, status, link_, inside_};
    if (!status->is_directory()) return Obstacle{Reason::not_directory, at(name)};
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

  std::optional<Resolved> enter(const std::string& name, const Status& status) {
    Descriptor next = open_directory_at(here(), name);
    if (!next) return failed(name);
    if (!inside_ && root_ != nullptr && status.is_same_as(root_->status)) {
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
    const auto target = link_at(here(), name);
    if (!target) return failed(name);
    last_link_ = *target;
    if (is_last) link_ = last_link_;
    link_at_ = at(name);
    left_behind_link_ = left_.size();
    std::string rest = last_link_;
    if (core::is_absolute_path(last_link_)) {
      if (!inside_) {
        top_ = core::root_of_path(last_link_);
        rest = last_link_.substr(top_.size());
        restart(open_top(top_));
      } else if (const auto below = root_ ? part_below(*root_, last_link_) : std::nullopt) {
        rest = *below;
        restart(root_->directory);
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
  std::string top_;        ///< where the directories start, if it is not the root
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
  if (auto place = straight(root.directory, path, true)) return std::move(*place);
  return PathWalk(root.directory, &root, true).to(path);
}

Resolved resolve_absolute(const std::string& path, const Root* root) {
  const std::string start = core::root_of_path(path);
  const std::string below = path.substr(start.size());
  const Descriptor top = open_top(start);
  if (!top) {
    Obstacle obstacle{errno == ENOENT ? Reason::absent : Reason::failed, start};
    obstacle.error = errno;
    return obstacle;
  }
  if (auto place = straight(top, below, false)) return std::move(*place);
  return PathWalk(top, root, false, start).to(below);
}

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(core::path_of(path), error);
  if (!error) return core::with_slashes(whole.string());
  throw core::Error(
      core::Fault::workflow,
      fmt::format("the current directory cannot be found ({})", error.message()),
      "Start the program in a directory that exists; the current one may have been deleted.");
}

std::optional<std::string> part_below(const Root& root, const std::string& path) {
  for (const std::string& start : {root.path, root.real}) {
    if (path == start) return std::string();
    const std::string top = start.ends_with('/') ? start.substr(0, start.size() - 1) : start;
    if (path.starts_with(top + "/")) return path.substr(top.size());
  }
  return std::nullopt;
}

}  // namespace disk
