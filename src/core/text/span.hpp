// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// The position of a part of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t size = 0;

  std::string_view in(std::string_view text) const { return text.substr(begin, size); }
};

struct Replacement {
  Span span;
  std::string text;
};

/// Replaces the spans, which must not overlap and may come in any order.
std::string with_replacements(std::string_view text, std::vector<Replacement> replacements);

}  // namespace core
