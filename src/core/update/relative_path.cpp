// SPDX-License-Identifier: MIT
#include "core/update/relative_path.hpp"

#include <algorithm>

namespace core {

bool is_inside(std::string_view path) {
  const bool has_foreign = std::any_of(path.begin(), path.end(), [](unsigned char byte) {
    return byte < 0x20 || byte == 0x7f || byte == '\\' || byte == ':';
  });
  if (has_foreign) return false;
  for (;;) {
    const std::size_t end = path.find('/');
    const std::string_view part = path.substr(0, end);
    if (part.empty() || part == "." || part == "..") return false;
    if (end == std::string_view::npos) return true;
    path.remove_prefix(end + 1);
  }
}

}  // namespace core
