// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/regular_expression.hpp"

namespace core {

/// A rule of the repository: only these users may create tags that `pattern` covers.
struct TagProtection {
  std::string pattern;
  std::vector<std::string> users;  ///< logins
  bool has_teams = false;          ///< members of teams may, too; which users that are is unknown
};

/// Whether a pattern for protected tags covers `tag`: a glob whose `*` also matches slashes, or a
/// regular expression between slashes (models/git/protected_tag.go). nullopt if the pattern is not
/// supported here, or needs too many steps.
std::optional<bool> covers(const std::string& pattern, std::string_view tag, Steps& steps);

/// The patterns that may cover `tag`; all of them if `tag` is empty.
std::vector<std::string> protecting_patterns(const std::vector<TagProtection>& protections,
                                             std::string_view tag);

/// The pattern that prevents `user` from creating `tag`; "" if there is none or it is unknown. One
/// rule that allows the tag is enough. `user` is a login, or "" if unknown.
std::string forbidding_pattern(const std::vector<TagProtection>& protections, std::string_view tag,
                               std::string_view user);

}  // namespace core
