// SPDX-License-Identifier: MIT
#include "core/release/tag_protection.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// Whether all escapes have the same meaning in Go, for which these patterns are written, and in
/// ECMAScript, where for example `\\A` would be an A.
bool has_known_escapes(std::string_view pattern) {
  constexpr std::string_view known = "bBdDsSwWfnrtv";
  for (auto at = pattern.find('\\'); at < pattern.size(); at = pattern.find('\\', at + 2)) {
    if (at + 1 == pattern.size()) return false;
    const char c = pattern[at + 1];
    if (is_word(c) && known.find(c) == std::string_view::npos) return false;
  }
  return true;
}

std::optional<bool> expression_covers(const std::string& pattern, std::string_view tag,
                                      Steps& steps) {
  constexpr std::size_t steps_of_compiling =
      2000;  // for each character; a character class takes longest
  if (!has_known_escapes(pattern) || !steps.take(steps_of_compiling * pattern.size())) {
    return std::nullopt;
  }
  return RegularExpression(pattern).is_in(tag, steps);
}

std::optional<bool> glob_covers(const std::string& pattern, std::string_view tag, Steps& steps) {
  for (const std::string& glob : expand_braces(pattern)) {
    if (!steps.take(glob.size() * (tag.size() + 1))) return std::nullopt;
    if (matches_segment(glob, tag)) return true;
  }
  return false;
}

}  // namespace

std::optional<bool> covers(const std::string& pattern, std::string_view tag, Steps& steps) {
  // Servers store 255 characters of each. If the budget is used up, matching does not start.
  constexpr std::size_t max_tag_length = 255;
  constexpr std::size_t max_pattern_length = 1020;
  const bool is_too_long = tag.size() > max_tag_length || pattern.size() > max_pattern_length;
  if (is_too_long || !steps.take(1)) return std::nullopt;
  try {
    const bool is_expression =
        pattern.size() >= 2 && pattern.starts_with('/') && pattern.ends_with('/');
    return is_expression ? expression_covers(pattern.substr(1, pattern.size() - 2), tag, steps)
                         : glob_covers(pattern, tag, steps);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<std::string> protecting_patterns(const std::vector<TagProtection>& protections,
                                             std::string_view tag) {
  std::vector<std::string> patterns;
  Steps steps;  // for all of them
  for (const TagProtection& protection : protections) {
    if (tag.empty() || covers(protection.pattern, tag, steps).value_or(true)) {
      patterns.push_back(protection.pattern);
    }
  }
  return patterns;
}

namespace {

bool may_allow(const TagProtection& protection, std::string_view user) {
  const auto is_user = [&](const std::string& login) { return lower(login) == lower(user); };
  const bool named = std::any_of(protection.users.begin(), protection.users.end(), is_user);
  const bool unknown = user.empty() && !protection.users.empty();
  return protection.has_teams || named || unknown;
}

}  // namespace

std::string forbidding_pattern(const std::vector<TagProtection>& protections, std::string_view tag,
                               std::string_view user) {
  std::string forbidding;
  Steps steps;  // for all of them
  for (const TagProtection& protection : protections) {
    const auto covered = covers(protection.pattern, tag, steps);
    if (covered == false) continue;
    if (!covered || may_allow(protection, user)) return {};
    forbidding = protection.pattern;
  }
  return forbidding;
}

}  // namespace core
