// SPDX-License-Identifier: MIT
// The parts of a project that its detection may examine, as values.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace core {

struct ProjectView {
  std::set<std::string> files;  ///< paths of regular files: of the root, and two folders deep
  std::function<std::optional<std::string>(const std::string&)> read;  ///< absent: nullopt
  std::vector<std::string> tags;                                       ///< all of the repository

  bool has(const std::string& path) const { return files.contains(path); }
  bool has_folder(const std::string& path) const {
    const auto next = files.lower_bound(path + "/");
    return next != files.end() && next->starts_with(path + "/");
  }
  std::string text(const std::string& path) const {
    return has(path) ? read(path).value_or("") : "";
  }
};

/// The first match of the one group of `pattern` in any line of `text`; "" without one.
std::string first_match(std::string_view text, const std::string& pattern);

}  // namespace core
