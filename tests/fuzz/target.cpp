// SPDX-License-Identifier: MIT
#include "target.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz {

void require(bool kept, std::string_view promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

std::vector<std::string> parts(std::string_view input, std::size_t count) {
  std::vector<std::string> result;
  while (result.size() + 1 < count) {
    const auto end = input.find('\xFF');
    result.emplace_back(input.substr(0, end));
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  }
  result.emplace_back(input);
  return result;
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace fuzz
