// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/regular_expression.hpp"

namespace core {

/// A rule of the repository's: tags that `pattern` covers are made by these only.
struct TagProtection {
  std::string pattern;
  std::vector<std::string> users;  ///< logins
  bool has_teams = false;          ///< their members, too, whoever they are
};

/// Whether a server's pattern of protected tags covers `tag`: a glob whose `*` goes over slashes, or
/// a regular expression between slashes (models/git/protected_tag.go). nullopt where the pattern
/// cannot be read here, or the steps do not suffice.
std::optional<bool> covers(const std::string& pattern, std::string_view tag, Steps& steps);

/// The patterns that may cover `tag`; of an empty one all.
std::vector<std::string> protecting_patterns(const std::vector<TagProtection>& protections,
                                             std::string_view tag);

/// The pattern that keeps `user` from making `tag`; "" where nothing does, or nobody can tell. One
/// rule that allows it is enough. `user`: a login, "" where it is not known.
std::string forbidding_pattern(const std::vector<TagProtection>& protections, std::string_view tag,
                               std::string_view user);

}  // namespace core
