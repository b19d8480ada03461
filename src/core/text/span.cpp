// SPDX-License-Identifier: MIT
#include "core/text/span.hpp"

#include <algorithm>

namespace core {

std::string with_replacements(std::string_view text, std::vector<Replacement> replacements) {
  std::sort(replacements.begin(), replacements.end(),
            [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string result;
  std::size_t at = 0;
  for (const auto& [span, replacement] : replacements) {
    result += text.substr(at, span.begin - at);
    result += replacement;
    at = span.begin + span.size;
  }
  result += text.substr(at);
  return result;
}

}  // namespace core
