// SPDX-License-Identifier: MIT
#include "core/project/view.hpp"

#include "core/text/regular_expression.hpp"
#include "core/text/text.hpp"

namespace core {

std::string first_match(std::string_view text, const std::string& pattern) {
  constexpr std::size_t max_line = 4096;  // bytes; matching takes stack for each
  const RegularExpression expression(pattern);
  Steps steps;
  for (const std::string& line : lines(text)) {
    if (line.size() > max_line) continue;
    const auto found = expression.first_groups(line, steps);
    if (!found.empty()) return std::string(found.front().in(line));
  }
  return {};
}

}  // namespace core
