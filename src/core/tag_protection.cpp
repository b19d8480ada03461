// SPDX-License-Identifier: MIT
#include "core/tag_protection.hpp"

#include <algorithm>
#include <regex>

#include "core/error.hpp"
#include "core/glob.hpp"
#include "core/text.hpp"

namespace core {

std::optional<bool> covers(const std::string& pattern, std::string_view tag) {
  constexpr std::size_t longest = 255;  // std::regex needs stack for each character
  if (tag.size() > longest) return std::nullopt;
  try {
    if (pattern.size() >= 2 && pattern.starts_with('/') && pattern.ends_with('/')) {
      const std::regex regex(pattern.substr(1, pattern.size() - 2));
      return std::regex_search(tag.begin(), tag.end(), regex);
    }
    const auto globs = expand_braces(pattern);
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return matches_segment(glob, tag); });
  } catch (const std::regex_error&) {
    return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

namespace {

bool may_allow(const TagProtection& protection, std::string_view user) {
  const auto is_user = [&](const std::string& one) { return lower(one) == lower(user); };
  const bool named = std::any_of(protection.users.begin(), protection.users.end(), is_user);
  const bool unknown = user.empty() && !protection.users.empty();
  return protection.has_teams || named || unknown;
}

}  // namespace

std::string forbidding_pattern(const std::vector<TagProtection>& protections, std::string_view tag,
                               std::string_view user) {
  std::string forbidding;
  for (const TagProtection& protection : protections) {
    const auto covered = covers(protection.pattern, tag);
    if (covered == false) continue;
    if (!covered || may_allow(protection, user)) return {};
    forbidding = protection.pattern;
  }
  return forbidding;
}

}  // namespace core
