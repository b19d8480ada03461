// SPDX-License-Identifier: MIT
#include "core/tag_protection.hpp"

#include <algorithm>
#include <regex>

#include "core/error.hpp"
#include "core/glob.hpp"

namespace core {

bool may_protect(const std::string& pattern, std::string_view tag) {
  constexpr std::size_t longest = 255;  // std::regex needs stack for each character
  if (tag.size() > longest) return true;
  try {
    if (pattern.size() >= 2 && pattern.starts_with('/') && pattern.ends_with('/')) {
      const std::regex regex(pattern.substr(1, pattern.size() - 2));
      return std::regex_search(tag.begin(), tag.end(), regex);
    }
    const auto globs = expand_braces(pattern);
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return matches_segment(glob, tag); });
  } catch (const std::regex_error&) {
    return true;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace core
