// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A rule of the repository's: tags that `pattern` covers are made by these only.
struct TagProtection {
  std::string pattern;
  std::vector<std::string> users;  ///< logins
  bool has_teams = false;          ///< their members, too, whoever they are
};

/// Whether a server's pattern of protected tags covers `tag`: a glob whose `*` goes over slashes, or
/// a regular expression between slashes (models/git/protected_tag.go). nullopt where the pattern
/// cannot be read here.
std::optional<bool> covers(const std::string& pattern, std::string_view tag);

/// Whether it may cover the tag.
inline bool may_protect(const std::string& pattern, std::string_view tag) {
  return covers(pattern, tag).value_or(true);
}

/// The pattern that keeps `user` from making `tag`; "" where nothing does, or nobody can tell. One
/// rule that allows it is enough. `user`: a login, "" where it is not known.
std::string forbidding_pattern(const std::vector<TagProtection>& protections, std::string_view tag,
                               std::string_view user);

}  // namespace core
