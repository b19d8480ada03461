// SPDX-License-Identifier: MIT
#include "disk/walk.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <set>
#include <utility>

#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"

namespace disk {
namespace {

using Reason = Obstacle::Reason;

std::string below(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

/// The number of leading segments without a wildcard, not counting the last segment.
std::size_t literal_start(const std::vector<std::string>& pattern) {
  std::size_t count = 0;
  while (count + 1 < pattern.size() && core::is_literal(pattern[count])) ++count;
  return count;
}

/// An absolute pattern.
struct WalkPattern {
  std::string root;
  std::vector<std::string> segments;  ///< below the root

  explicit WalkPattern(const std::string& pattern)
      : root(core::root_of_path(pattern)), segments(core::segments(pattern.substr(root.size()))) {}

  /// The path that the first `count` segments name, which have no wildcard.
  std::string start(std::size_t count) const {
    std::string path = root;
    for (std::size_t i = 0; i < count; ++i) path = below(path, core::unescaped(segments[i]));
    return path;
  }
};

/// Visits each directory once, with all positions in the pattern that lead there.
class Walk {
 public:
  Walk(const Workspace& workspace, const WalkPattern& pattern, const WalkRules& rules)
      : workspace_(workspace), whole_(pattern), pattern_(pattern.segments), rules_(rules) {}

  Walked run() {
    if (pattern_.empty()) {
      result_.directory = whole_.root;
    } else {
      // As long as the pattern has no wildcard, no directory is listed.
      const std::size_t start = literal_start(pattern_);
      visit(whole_.start(start), {start}, true);
    }
    return std::move(result_);
  }

 private:
  /// Indices of segments that have to match next.
  using Places = std::set<std::size_t>;

  bool is_any_depth(std::size_t place) const { return pattern_[place] == "**"; }
  bool is_last(std::size_t place) const { return place + 1 == pattern_.size(); }

  bool matches(std::size_t place, const std::string& name) const {
    return rules_.dots ? core::matches_segment(pattern_[place], name)
                       : core::matches_file(pattern_[place], name);
  }

  /// `**` also matches no directory at all.
  Places with_skipped_stars(Places places) const {
    for (const std::size_t place :
         places) {  // a set's iterator also visits elements that are inserted after it
      if (is_any_depth(place) && !is_last(place)) places.insert(place + 1);
    }
    return places;
  }

  /// `literally`: the path of `directory` was not matched by a wildcard.
  void visit(const std::string& directory, const Places& given, bool literally) {
    const Places places = with_skipped_stars(given);
    const bool named = places.size() == 1 && core::is_literal(pattern_[*places.begin()]);
    if (named) return follow_name(directory, *places.begin(), literally);
    std::vector<std::pair<std::string, Places>> deeper;
    for (const Entry& entry : entries_of(directory)) {
      const bool is_link = entry.kind == Entry::Kind::link;
      const bool is_wanted = is_matched(places, entry.name);
      Places next = places_below(places, entry.name, is_link);
      if (!is_wanted && next.empty()) continue;
      const std::string path = below(directory, entry.name);
      const Entry::Kind kind = is_link ? kind_behind(path) : entry.kind;
      if (kind != Entry::Kind::directory) {
        if (is_wanted && kind != Entry::Kind::link) result_.paths.push_back(path);
        continue;
      }
      if (is_wanted) result_.directories.push_back(path);
      if (!next.empty()) deeper.emplace_back(path, std::move(next));
    }
    for (const auto& [path, next] : deeper) {
      if (!rules_.skipped || !rules_.skipped(path)) visit(path, next, false);
    }
  }

  void follow_name(const std::string& directory, std::size_t place, bool literally) {
    const std::string path = below(directory, core::unescaped(pattern_[place]));
    const auto at = workspace_.look(path);
    if (const auto* obstacle = std::get_if<Obstacle>(&at)) return note(*obstacle, place, path);
    switch (std::get<Found>(at)) {
      case Found::nothing:
        return;
      case Found::directory:
        if (!is_last(place)) return visit(path, {place + 1}, literally);
        (literally ? result_.directory : result_.directories.emplace_back()) = path;
        return;
      default:
        if (is_last(place)) result_.paths.push_back(path);
    }
  }

  /// A name that is too long for a file matches nothing. A problem with the last name is reported
  /// when the file is opened.
  void note(const Obstacle& obstacle, std::size_t place, const std::string& path) {
    if (obstacle.reason == Reason::failed && obstacle.error == ENAMETOOLONG) return;
    if (is_last(place)) {
      result_.paths.push_back(path);
    } else {
      result_.obstacles.push_back(obstacle);
    }
  }

  std::vector<Entry> entries_of(const std::string& directory) {
    auto listed = workspace_.list(directory);
    if (auto* obstacle = std::get_if<Obstacle>(&listed)) {
      // It was removed in the meantime, or never existed.
      if (obstacle->reason != Reason::absent && obstacle->reason != Reason::not_directory) {
        result_.obstacles.push_back(*obstacle);
      }
      return {};
    }
    auto& entries = std::get<std::vector<Entry>>(listed);
    if (rules_.looked) rules_.looked(entries.size());
    return std::move(entries);
  }

  /// What a link points to; `link` for a directory that may not be entered, which is skipped.
  Entry::Kind kind_behind(const std::string& path) const {
    const auto at = workspace_.look(path);
    const auto* found = std::get_if<Found>(&at);
    if (found != nullptr) {
      return *found == Found::directory ? Entry::Kind::directory : Entry::Kind::file;
    }
    return workspace_.is_link_to_directory(path) ? Entry::Kind::link : Entry::Kind::file;
  }

  bool is_matched(const Places& places, const std::string& name) const {
    const std::size_t last = pattern_.size() - 1;
    return places.contains(last) && matches(last, name);
  }

  /// The segments that have to match in the directory `name`. `**` follows no link, and matches no
  /// name with a leading dot.
  Places places_below(const Places& places, const std::string& name, bool through_link) const {
    Places next;
    for (const std::size_t place : places) {
      if (is_any_depth(place)) {
        if (!through_link && matches(place, name)) next.insert(place);
      } else if (!is_last(place) && matches(place, name)) {
        next.insert(place + 1);
      }
    }
    return next;
  }

  const Workspace& workspace_;
  const WalkPattern& whole_;
  const std::vector<std::string>& pattern_;  ///< its segments
  const WalkRules& rules_;
  Walked result_;
};

bool share_a_part(const std::string& a, const std::string& b, std::size_t length) {
  for (std::size_t at = 0; at + length <= a.size(); ++at) {
    if (b.find(std::string_view(a).substr(at, length)) != std::string::npos) return true;
  }
  return false;
}

/// How different a name is from a pattern's last segment: the longer the text they share, the
/// smaller.
std::size_t unlikeness(const std::string& name, const std::string& pattern) {
  constexpr std::size_t max_name_length =
      255;  // a user may have passed the content of a file as the pattern
  const std::string plain = core::lower(pattern.substr(0, max_name_length));
  const std::string low = core::lower(name);
  std::size_t shared = 2;
  while (share_a_part(plain, low, shared + 1)) ++shared;
  return 1000 - (shared > 2 ? shared : 0);
}

/// The deepest existing directory of the pattern's literal start, in the workspace, or "".
std::string nearest_directory(const Workspace& workspace, const WalkPattern& pattern) {
  for (std::size_t count = literal_start(pattern.segments) + 1; count-- > 0;) {
    std::string path = pattern.start(count);
    if (!workspace.has_inside(path)) break;
    const auto at = workspace.look(path);
    const auto* found = std::get_if<Found>(&at);
    if (found != nullptr && *found == Found::directory) return path;
  }
  return "";
}

}  // namespace

Walked walk(const Workspace& workspace, const std::string& pattern, const WalkRules& rules) {
  return Walk(workspace, WalkPattern(pattern), rules).run();
}

std::vector<std::string> near_misses(const Workspace& workspace, const std::string& pattern,
                                     std::size_t most) {
  constexpr std::size_t enough = 10'000;  // names
  const WalkPattern whole(pattern);
  const std::string start = nearest_directory(workspace, whole);
  if (start.empty()) return {};
  const std::string wanted = whole.segments.empty() ? "" : whole.segments.back();
  std::vector<std::pair<std::size_t, std::string>> found;
  std::size_t names = 0;
  std::deque<std::string> directories = {start};
  for (; !directories.empty() && names < enough; directories.pop_front()) {
    const auto listed = workspace.list(directories.front());
    const auto* entries = std::get_if<std::vector<Entry>>(&listed);
    if (entries == nullptr) continue;
    names += entries->size();
    for (const Entry& entry : *entries) {
      if (entry.name.starts_with('.') && !core::begins_with_dot(wanted)) continue;
      const std::string path = below(directories.front(), entry.name);
      if (entry.kind == Entry::Kind::directory) directories.push_back(path);
      if (entry.kind != Entry::Kind::file) continue;
      found.emplace_back(unlikeness(entry.name, wanted), path);
    }
  }
  std::sort(found.begin(), found.end());
  if (found.size() > most) found.resize(most);
  std::vector<std::string> result;
  result.reserve(found.size());
  for (const auto& [distance, path] : found) result.push_back(path);
  return result;
}

}  // namespace disk
