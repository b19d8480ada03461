// SPDX-License-Identifier: MIT
#include "disk/unmatched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/pattern_habits.hpp"
#include "core/text/text.hpp"

namespace disk {
namespace {

constexpr std::size_t max_names = 5;

/// Relative to the working directory, as a user would write it.
std::string relative(const Workspace& workspace, const std::string& path) {
  return workspace.has_inside(path) ? core::path_from(workspace.directory(), path) : path;
}

std::string list_of(const Workspace& workspace, const std::vector<std::string>& paths) {
  std::vector<std::string> shown;
  for (const std::string& path : paths) {
    if (shown.size() == max_names) break;
    shown.push_back(core::one_line(relative(workspace, path)));
  }
  return core::join(shown, ", ");
}

/// The pattern that matches names with a leading dot: "dist/*" gives "dist/.*". "" if the pattern
/// does not end in a wildcard.
std::string with_dot(const std::string& pattern) {
  const auto slash = pattern.rfind('/');
  const std::string start = slash == std::string::npos ? "" : pattern.substr(0, slash + 1);
  const std::string name = pattern.substr(start.size());
  if (pattern.find('{') != std::string::npos || name.empty()) return "";
  if (name == "**") return pattern + "/.*";
  if (name.front() == '*') return start + "." + name;
  return name.front() == '?' ? start + "." + name.substr(1) : "";
}

/// The hint for names with a leading dot; `path` is one of them.
std::string advice(const Workspace& workspace, const std::string& written,
                   const std::string& path) {
  const bool is_of_name = core::last_name_of(path).starts_with('.');
  const std::string pattern = is_of_name ? with_dot(written) : "";
  if (!pattern.empty()) return fmt::format("Write '{}' to match them.", core::one_line(pattern));
  if (!workspace.has_inside(path)) return "Write the leading dot in the pattern.";
  return fmt::format("Write the leading dot in the pattern, such as '{}'.",
                     core::one_line(relative(workspace, path)));
}

bool matches_in(const Workspace& workspace, const std::string& pattern, const WalkRules& rules) {
  try {
    for (const std::string& one : core::expand_braces(pattern)) {
      const std::string absolute =
          core::normal_path(core::joined_path(core::escaped(workspace.directory()), one));
      if (workspace.has_inside(absolute) && !walk(workspace, absolute, rules).paths.empty()) {
        return true;
      }
    }
  } catch (const core::Error&) {  // it is not a pattern
  }
  return false;
}

}  // namespace

Unmatched explain_unmatched(const Workspace& workspace, const std::string& written,
                            const std::string& absolute, const Walked& walked, WalkRules rules) {
  const bool is_ours = workspace.has_inside(absolute);
  if (!walked.directories.empty()) {
    const std::string names = list_of(workspace, walked.directories);
    return {is_ours ? fmt::format("only directories ({})", names) : "only directories",
            fmt::format("Write '{}/**' to select the files in them.", core::one_line(written))};
  }
  rules.dots = true;
  const Walked with_dots = walk(workspace, absolute, rules);
  if (!with_dots.paths.empty()) {
    std::string why = fmt::format("nothing in {}: a wildcard does not match a leading dot",
                                  core::one_line(workspace.directory()));
    if (is_ours) why += ", and the only files are " + list_of(workspace, with_dots.paths);
    return {why, advice(workspace, written, with_dots.paths.front())};
  }
  std::string why = fmt::format("nothing in {}", core::one_line(workspace.directory()));
  const auto matches_something = [&](const std::string& pattern) {
    return matches_in(workspace, pattern, rules);
  };
  if (const auto habit = core::pattern_habit(written, matches_something)) {
    return {why + ": " + habit->why, habit->hint};
  }
  const auto similar = near_misses(workspace, absolute, max_names);
  for (const std::string& path : similar) {
    if (core::differ_in_unicode_form(core::last_name_of(path), core::last_name_of(written))) {
      return {fmt::format("{}: {} has the same letters in another Unicode form", why,
                          core::one_line(relative(workspace, path))),
              "Write '?' for letters with accents, or rename the file."};
    }
  }
  if (!similar.empty()) why += fmt::format("; similar names: {}", list_of(workspace, similar));
  return {why, ""};
}

}  // namespace disk
