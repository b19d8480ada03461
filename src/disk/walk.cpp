// SPDX-License-Identifier: MIT
#include "disk/walk.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "core/glob.hpp"
#include "core/text.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

std::vector<fs::directory_entry> entries_of(const fs::path& directory) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    entries.push_back(*at);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// The same without a question to the kernel, where reading the directory has told.
bool is_folder(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_directory(error);
}

bool is_link(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_symlink(error);
}

/// A file, a directory, or a link, be it to nothing.
bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  return type != fs::file_type::not_found && type != fs::file_type::none;
}

/// Visits each directory once, with all places in the pattern that lead there.
class Walk {
 public:
  Walk(const std::vector<std::string>& pattern, const Skipped& skipped)
      : pattern_(pattern), skipped_(skipped) {}

  Walked run() {
    if (pattern_.empty()) {
      result_.directory = "/";
    } else {
      visit("/", {0}, true);
    }
    return std::move(result_);
  }

 private:
  /// Indices of segments that have to match next.
  using Places = std::set<std::size_t>;

  bool is_any_depth(std::size_t place) const { return pattern_[place] == "**"; }
  bool is_last(std::size_t place) const { return place + 1 == pattern_.size(); }

  /// `**` stands for no directory, too.
  Places with_skipped_stars(Places places) const {
    for (const std::size_t place : places) {  // a set's iterator sees what is inserted behind it
      if (is_any_depth(place) && !is_last(place)) places.insert(place + 1);
    }
    return places;
  }

  /// `literally`: no wildcard has led to `directory`.
  void visit(const fs::path& directory, const Places& given, bool literally) {
    const Places places = with_skipped_stars(given);
    const bool named = places.size() == 1 && core::is_literal(pattern_[*places.begin()]);
    if (named) return follow_name(directory, *places.begin(), literally);
    std::vector<std::pair<fs::path, Places>> deeper;
    for (const auto& entry : entries_of(directory)) {
      const std::string name = entry.path().filename().string();
      if (is_folder(entry)) {
        Places next = places_below(places, name, is_link(entry));
        if (!next.empty()) deeper.emplace_back(entry.path(), std::move(next));
      } else if (is_matched(places, name)) {
        result_.paths.push_back(entry.path().string());
      }
    }
    for (const auto& [path, next] : deeper) {
      if (!skipped_ || !skipped_(path.string())) visit(path, next, false);
    }
  }

  /// Where the pattern says what comes next nothing is listed.
  void follow_name(const fs::path& directory, std::size_t place, bool literally) {
    const fs::path path = directory / core::unescaped(pattern_[place]);
    if (!is_there(path)) return;
    if (!is_folder(path)) {
      if (is_last(place)) result_.paths.push_back(path.string());
    } else if (!is_last(place)) {
      visit(path, {place + 1}, literally);
    } else if (literally) {
      result_.directory = path.string();
    }
  }

  bool is_matched(const Places& places, const std::string& name) const {
    const std::size_t last = pattern_.size() - 1;
    return places.contains(last) && core::matches_segment(pattern_[last], name);
  }

  /// What has to match in the directory `name`. `**` enters no link.
  Places places_below(const Places& places, const std::string& name, bool through_link) const {
    Places next;
    for (const std::size_t place : places) {
      if (is_any_depth(place)) {
        if (!through_link) next.insert(place);
      } else if (!is_last(place) && core::matches_segment(pattern_[place], name)) {
        next.insert(place + 1);
      }
    }
    return next;
  }

  const std::vector<std::string>& pattern_;
  const Skipped& skipped_;
  Walked result_;
};

bool share_a_part(const std::string& a, const std::string& b, std::size_t length) {
  for (std::size_t at = 0; at + length <= a.size(); ++at) {
    if (b.find(std::string_view(a).substr(at, length)) != std::string::npos) return true;
  }
  return false;
}

/// How far a name is from a pattern's last segment: small where they share much.
std::size_t unlikeness(const std::string& name, const std::string& pattern) {
  constexpr std::size_t longest_name = 255;  // a pattern may be a whole file by mistake
  const std::string plain = core::lower(pattern.substr(0, longest_name));
  const std::string low = core::lower(name);
  std::size_t shared = 2;
  while (share_a_part(plain, low, shared + 1)) ++shared;
  return 1000 - (shared > 2 ? shared : 0);
}

}  // namespace

Walked walk(const std::string& pattern, const Skipped& skipped) {
  const auto segments = core::segments(pattern);
  return Walk(segments, skipped).run();
}

std::vector<std::string> near_misses(const std::string& pattern, std::size_t most) {
  constexpr std::size_t enough = 2000;
  const auto segments = core::segments(pattern);
  fs::path start = "/";
  for (const std::string& segment : segments) {
    if (!core::is_literal(segment) || !is_folder(start / core::unescaped(segment))) break;
    start /= core::unescaped(segment);
  }
  std::vector<std::pair<std::size_t, std::string>> found;
  std::error_code error;
  fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::end(at) && found.size() < enough; at.increment(error)) {
    if (at->path().filename() == ".git") at.disable_recursion_pending();
    std::error_code status;
    if (!at->is_regular_file(status)) continue;
    const std::string name = at->path().filename().string();
    found.emplace_back(unlikeness(name, segments.empty() ? "" : segments.back()),
                       at->path().lexically_relative(start).string());
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> result;
  for (const auto& [distance, path] : found) {
    if (result.size() == most) break;
    result.push_back(path);
  }
  return result;
}

}  // namespace disk
