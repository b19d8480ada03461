// SPDX-License-Identifier: MIT
#include "disk/walk.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <span>

#include "core/glob.hpp"
#include "core/text.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

using Segments = std::span<const std::string>;

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

/// A file, a directory, or a link, be it to nothing.
bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  return type != fs::file_type::not_found && type != fs::file_type::none;
}

bool is_link(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(path, error);
}

/// Collects what matches, in order, each once.
class Walk {
 public:
  /// `literally`: no wildcard has led to `directory`.
  void from(const fs::path& directory, Segments pattern, bool literally) {
    if (pattern.front() == "**") {
      any_depth(directory, pattern);
    } else if (core::is_literal(pattern.front())) {
      const fs::path path = directory / core::unescaped(pattern.front());
      if (is_there(path)) next(path, pattern, literally);
    } else {
      for (const auto& entry : entries_of(directory)) {
        if (core::matches_segment(pattern.front(), entry.path().filename().string())) {
          next(entry.path(), pattern, false);
        }
      }
    }
  }

  Walked result;

 private:
  /// `path` has matched the first segment of `pattern`.
  void next(const fs::path& path, Segments pattern, bool literally) {
    if (pattern.size() > 1) {
      if (is_folder(path)) from(path, pattern.subspan(1), literally);
    } else if (!is_folder(path)) {
      if (seen_.insert(path.string()).second) result.paths.push_back(path.string());
    } else if (literally) {
      result.directory = path.string();
    }
  }

  void any_depth(const fs::path& directory, Segments pattern) {
    static const std::vector<std::string> any_file = {"*"};
    from(directory, pattern.size() > 1 ? pattern.subspan(1) : Segments(any_file), false);
    for (const auto& entry : entries_of(directory)) {
      if (!is_link(entry.path()) && is_folder(entry.path())) any_depth(entry.path(), pattern);
    }
  }

  std::set<std::string> seen_;
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

Walked walk(const std::string& pattern) {
  const auto segments = core::segments(pattern);
  Walk walk;
  if (segments.empty()) {
    walk.result.directory = "/";
  } else {
    walk.from("/", segments, true);
  }
  return walk.result;
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
