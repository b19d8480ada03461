// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A part of a text: what stands there can be read, and replaced without touching the rest.
struct Span {
  std::size_t begin = 0;
  std::size_t size = 0;

  std::string_view in(std::string_view text) const { return text.substr(begin, size); }
};

}  // namespace core
