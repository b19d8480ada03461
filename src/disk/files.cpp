// SPDX-License-Identifier: MIT
#include "disk/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "core/glob.hpp"
#include "core/text.hpp"
#include "disk/inside.hpp"
#include "disk/walk.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 255;  // bytes; longer ones fail on MySQL and PostgreSQL
constexpr std::size_t most_near_misses = 5;

struct Pattern {
  std::string written;  ///< as the user wrote it
  std::string absolute;
  std::optional<std::string> name;  ///< of `path => name`
};

/// A directory is no pattern: what looks like a wildcard in it is meant as itself.
std::string escaped(const std::string& directory) {
  std::string result;
  for (const char c : directory) {
    if (std::string_view("*?[]{}\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// What is wrong with `name` as an asset's, or "".
std::string fault_of_name(const std::string& name) {
  if (name.empty()) return "is empty";
  if (name == "." || name == "..") return "is a directory's";
  if (name.find('/') != std::string::npos) return "has a slash in it";
  if (core::trim(name).size() != name.size()) return "begins or ends with a blank";
  if (name.size() > longest_name) return fmt::format("is longer than {} bytes", longest_name);
  if (!core::is_utf8(name)) return "is not valid UTF-8";
  const bool control = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  return control ? "has a control character in it" : "";
}

class Search {
 public:
  Search(const FileSearch& search, core::Problems& problems)
      : search_(search), problems_(problems) {}

  FoundFiles run() {
    std::vector<Pattern> wanted;
    std::vector<std::string> excluded;
    for (const std::string& line : core::lines(search_.patterns)) {
      const std::string_view text = core::trim(line);
      if (text.empty()) continue;
      problems_.collect([&] {
        if (text.starts_with('!')) {
          for (const std::string& one : core::expand_braces(core::trim(text.substr(1)))) {
            excluded.push_back(absolute(one));
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
  static constexpr std::string_view arrow = " => ";

  std::string absolute(const std::string& pattern) const {
    fs::path result = pattern;
    if (pattern == "~" || pattern.starts_with("~/")) {
      result = escaped(search_.home) + pattern.substr(1);
    } else if (!pattern.starts_with('/')) {
      result = fs::path(escaped(fs::absolute(search_.directory).string())) / pattern;
    }
    return result.lexically_normal().string();
  }

  Pattern parse(std::string_view text) const {
    Pattern pattern;
    pattern.written = text;
    const auto at = text.find(arrow);
    if (at != std::string_view::npos) pattern.name = core::trim(text.substr(at + arrow.size()));
    pattern.absolute = core::trim(text.substr(0, at));
    return pattern;
  }

  void add_matches(const Pattern& pattern, const std::vector<std::string>& excluded) {
    std::vector<std::string> paths;
    std::string last;
    for (const std::string& one : core::expand_braces(pattern.absolute)) {
      last = absolute(one);
      const Walked walked = walk(last, [&](const std::string& directory) {
        return std::any_of(excluded.begin(), excluded.end(), [&](const std::string& out) {
          return core::matches_all_below(out, directory);
        });
      });
      if (!walked.directory.empty()) {
        problems_.add(fmt::format("files: '{}' is a directory", pattern.written),
                      fmt::format("Write '{}/**' for all the files in it.", pattern.written));
        return;
      }
      paths.insert(paths.end(), walked.paths.begin(), walked.paths.end());
    }
    if (paths.empty()) return unmatched(pattern, last);
    std::set<std::string> seen;  // two alternatives of a brace may match one file
    std::erase_if(paths, [&](const std::string& path) { return !seen.insert(path).second; });
    std::erase_if(paths, [&](const std::string& path) {
      return std::any_of(excluded.begin(), excluded.end(),
                         [&](const std::string& out) { return core::matches_path(out, path); });
    });
    if (pattern.name && paths.size() != 1) {
      problems_.add(fmt::format("files: '{}' renames one file, but its pattern matches {}",
                                pattern.written, paths.size()),
                    "Name exactly one file before '=>'.");
      return;
    }
    for (const std::string& path : paths) add(path, pattern.name);
  }

  void unmatched(const Pattern& pattern, const std::string& absolute_pattern) {
    std::string directory = fs::absolute(search_.directory).lexically_normal().string();
    if (directory.size() > 1 && directory.ends_with('/')) directory.pop_back();
    std::string message =
        fmt::format("files: '{}' matches nothing in {}", pattern.written, directory);
    const auto near = near_misses(absolute_pattern, most_near_misses);
    if (!near.empty()) message += fmt::format("; there are {}", core::join(near, ", "));
    if (search_.fail_on_unmatched) {
      problems_.add(message,
                    "Correct the pattern, build the file before this step, or set "
                    "'fail_on_unmatched_files: false'.");
    } else {
      found_.warnings.push_back(message);
    }
  }

  void add(const std::string& path, const std::optional<std::string>& name) {
    const auto known = places_.find(path);
    if (known != places_.end()) {
      if (name) found_.files[known->second].name = *name;
      return;
    }
    const std::string fault = fault_of_file(path);
    if (!fault.empty()) {
      problems_.add(fmt::format("files: {} {}", path, fault));
      return;
    }
    core::LocalFile file;
    file.path = path;
    file.name = name.value_or(fs::path(path).filename().string());
    file.size = fs::file_size(path);
    places_.emplace(path, found_.files.size());
    found_.files.push_back(std::move(file));
  }

  /// Why this cannot be uploaded, or "".
  std::string fault_of_file(const fs::path& path) const {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error) return "is a symbolic link to nothing";
    const std::string out = led_out_to(path.string(), search_.workspace);
    if (!out.empty()) {
      return fmt::format("is a symbolic link that leads out of the workspace, to {}", out);
    }
    if (!fs::is_regular_file(real, error)) return "is no regular file";
    return access(real.c_str(), R_OK) == 0 ? "" : "cannot be read (permission denied)";
  }

  void check_names() {
    std::map<std::string, std::string> owners;
    for (const core::LocalFile& file : found_.files) {
      const std::string fault = fault_of_name(file.name);
      if (!fault.empty()) {
        problems_.add(fmt::format("files: the asset name '{}' ({}) {}", core::one_line(file.name),
                                  file.path, fault),
                      "Give it another one: 'path => name'.");
      }
      const auto [owner, is_new] = owners.emplace(file.name, file.path);
      if (!is_new) {
        problems_.add(fmt::format("files: {} and {} would both be named '{}'", owner->second,
                                  file.path, core::one_line(file.name)),
                      "Give one of them another name: 'path => name'.");
      }
    }
  }

  const FileSearch& search_;
  core::Problems& problems_;
  FoundFiles found_;
  std::map<std::string, std::size_t> places_;  ///< path to index in found_.files
};

}  // namespace

FoundFiles find_files(const FileSearch& search, core::Problems& problems) {
  return Search(search, problems).run();
}

}  // namespace disk
