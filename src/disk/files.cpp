// SPDX-License-Identifier: MIT
#include "disk/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/release/asset_name.hpp"
#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/unmatched.hpp"
#include "disk/walk.hpp"

namespace disk {
namespace {

struct Pattern {
  std::string written;  ///< as the user wrote it
  std::string absolute;
  std::optional<std::string> name;  ///< of `path => name`
};

/// Counts the directory entries that a pattern visits, and reports progress if that takes long.
class VisitCount {
 public:
  VisitCount(const FileSearch& search, const std::string& pattern, bool is_outside)
      : search_(search),
        pattern_(core::one_line(pattern)),
        is_outside_(is_outside),
        next_(std::chrono::steady_clock::now() + search.quiet) {}

  void operator()(std::size_t names) {
    count_ += names;
    if (is_outside_ && count_ > search_.max_outside) {
      throw core::Error(core::Fault::workflow,
                        fmt::format("files: '{}' searches more than {} names outside the workspace",
                                    pattern_, search_.max_outside),
                        "Start the pattern at a directory further down.");
    }
    if (!search_.say || std::chrono::steady_clock::now() < next_) return;
    next_ = std::chrono::steady_clock::now() + search_.quiet;
    search_.say(fmt::format("files: searching for '{}' ({} names so far)", pattern_, count_));
  }

 private:
  const FileSearch& search_;
  std::string pattern_;
  bool is_outside_;
  std::chrono::steady_clock::time_point next_;
  std::size_t count_ = 0;
};

class Search {
 public:
  Search(const Workspace& workspace, const FileSearch& search, core::Problems& problems)
      : workspace_(workspace), search_(search), problems_(problems) {}

  FoundFiles run() {
    std::vector<Pattern> wanted;
    std::vector<std::string> excluded;
    for (const std::string& line : core::lines(search_.patterns)) {
      const std::string_view text = core::trim(line);
      if (text.empty()) continue;
      problems_.collect([&] {
        if (text.starts_with('!')) {
          for (const std::string& pattern : core::expand_braces(core::trim(text.substr(1)))) {
            excluded.push_back(absolute(pattern));
          }
        } else {
          wanted.push_back(parse(text));
        }
      });
    }
    for (const Pattern& pattern : wanted) {
      problems_.collect([&] { add_matches(pattern, excluded); });
    }
    check_names();
    return std::move(found_);
  }

 private:
  std::string absolute(const std::string& pattern) const {
    std::string result = pattern;
    if (pattern == "~" || pattern.starts_with("~/")) {
      if (search_.home.empty()) {
        throw core::Error(core::Fault::workflow,
                          fmt::format("files: '{}' begins with '~', but HOME is not set",
                                      core::one_line(pattern)),
                          "Write the directory instead of '~'.");
      }
      result = core::escaped(search_.home) + pattern.substr(1);
    } else {
      result = core::joined_path(core::escaped(workspace_.directory()), pattern);
    }
    return core::normal_path(result);
  }

  Pattern parse(std::string_view text) const {
    Pattern pattern;
    pattern.written = text;
    const auto [path, name] = core::split_named_path(text);
    pattern.absolute = path;
    pattern.name = name;
    return pattern;
  }

  void add_matches(const Pattern& pattern, const std::vector<std::string>& excluded) {
    const auto is_excluded = [&](const std::string& path) {
      return std::any_of(excluded.begin(), excluded.end(),
                         [&](const std::string& out) { return core::matches_path(out, path); });
    };
    WalkRules rules;
    rules.skipped = [&](const std::string& directory) {
      return std::any_of(excluded.begin(), excluded.end(), [&](const std::string& out) {
        return core::matches_all_below(out, directory);
      });
    };
    std::vector<std::string> paths;
    std::string last;
    Walked walked;
    for (const std::string& alternative : core::expand_braces(pattern.absolute)) {
      last = absolute(alternative);
      rules.looked = VisitCount(search_, pattern.written, !workspace_.has_inside(last));
      walked = walk(workspace_, last, rules);
      if (!walked.directory.empty()) return name_directory(pattern);
      note(walked.obstacles, pattern, rules);
      if (!walked.obstacles.empty()) return;
      paths.insert(paths.end(), walked.paths.begin(), walked.paths.end());
    }
    if (paths.empty()) return unmatched(pattern, last, walked, rules);
    std::set<std::string> seen;  // two alternatives in braces may match the same file
    std::erase_if(paths, [&](const std::string& path) { return !seen.insert(path).second; });
    std::erase_if(paths, is_excluded);
    if (pattern.name && paths.size() != 1) {
      problems_.add(
          fmt::format("files: '{}' gives a name to one file, but the pattern matches {} files",
                      core::one_line(pattern.written), paths.size()),
          "Write a pattern before '=>' that matches exactly one file.");
      return;
    }
    for (const std::string& path : paths) add(path, pattern.name);
  }

  void name_directory(const Pattern& pattern) {
    const std::string written = core::one_line(pattern.absolute);
    problems_.add(fmt::format("files: '{}' is a directory", core::one_line(pattern.written)),
                  fmt::format("Write '{}{}**' to select all files in it.", written,
                              written.ends_with('/') ? "" : "/"));
  }

  /// Directories that cannot be read: their files would be missing.
  void note(std::vector<Obstacle>& obstacles, const Pattern& pattern, const WalkRules& rules) {
    std::erase_if(obstacles, [&](const Obstacle& obstacle) { return rules.skipped(obstacle.at); });
    for (const Obstacle& obstacle : obstacles) {
      const std::string sentence = sentence_on(obstacle, obstacle.at);
      if (!reported_.insert(sentence).second) continue;
      std::string hint = hint_on(obstacle);
      if (obstacle.reason == Obstacle::Reason::failed) {
        const std::string relative = core::path_from(workspace_.directory(), obstacle.at);
        hint += fmt::format(" Or exclude it: '!{}/**'.", core::one_line(relative));
      }
      problems_.add(fmt::format("files: '{}': {}", core::one_line(pattern.written), sentence),
                    hint);
    }
  }

  void unmatched(const Pattern& pattern, const std::string& absolute_pattern, const Walked& walked,
                 const WalkRules& rules) {
    const auto [why, hint] =
        explain_unmatched(workspace_, pattern.absolute, absolute_pattern, walked, rules);
    const std::string message =
        fmt::format("files: '{}' matches {}", core::one_line(pattern.written), why);
    if (!search_.fail_on_unmatched) {
      found_.warnings.push_back(hint.empty() ? message : message + ". " + hint);
    } else if (!hint.empty()) {
      problems_.add(message, hint);
    } else {
      problems_.add(message,
                    "Correct the pattern, build the file before this step, or set "
                    "'fail_on_unmatched_files: false'.");
    }
  }

  void add(const std::string& path, const std::optional<std::string>& name) {
    const auto known = places_.find(path);
    if (known != places_.end()) {
      if (name) found_.files[known->second].name = *name;
      return;
    }
    const auto opened = workspace_.try_open(path);
    if (const auto* obstacle = std::get_if<Obstacle>(&opened)) return refuse(*obstacle, path);
    const File& open = std::get<File>(opened);
    if (!open.has_its_size()) return refuse({Obstacle::Reason::unreliable, path}, path);
    core::LocalFile file;
    file.path = path;
    file.name = name.value_or(core::last_name_of(path));
    file.identity = open.settled_identity();
    file.size = file.identity.size;
    if (file.size > search_.max_size) {
      problems_.add(
          fmt::format("files: {} has {}; this program uploads at most {}", core::one_line(path),
                      core::human_size(file.size), core::human_size(search_.max_size)),
          "Upload it from a 64-bit system, or split it.");
    }
    places_.emplace(path, found_.files.size());
    found_.files.push_back(std::move(file));
  }

  void refuse(const Obstacle& obstacle, const std::string& path) {
    const std::string sentence = sentence_on(obstacle, path);
    if (reported_.insert(sentence).second) problems_.add("files: " + sentence, hint_on(obstacle));
  }

  void check_names() {
    std::map<std::string, std::string> owners;
    for (const core::LocalFile& file : found_.files) {
      const std::string path = core::one_line(file.path);
      const std::string fault = core::fault_of_asset_name(file.name);
      if (!fault.empty()) {
        problems_.add(fmt::format("files: the asset name '{}' ({}) {}", core::one_line(file.name),
                                  path, fault),
                      "Give it a different name: 'path => name'.");
      }
      const auto [owner, is_new] = owners.emplace(file.name, path);
      if (!is_new) {
        problems_.add(fmt::format("files: {} and {} would both be named '{}'", owner->second, path,
                                  core::one_line(file.name)),
                      "Give one of them a different name: 'path => name'.");
      }
    }
  }

  const Workspace& workspace_;
  const FileSearch& search_;
  core::Problems& problems_;
  FoundFiles found_;
  std::map<std::string, std::size_t> places_;  ///< path to index in found_.files
  std::set<std::string>
      reported_;  ///< sentences about files and directories that are already in problems_
};

}  // namespace

FoundFiles find_files(const Workspace& workspace, const FileSearch& search,
                      core::Problems& problems) {
  return Search(workspace, search, problems).run();
}

}  // namespace disk
