// SPDX-License-Identifier: MIT
#include "runner/append.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace runner {

bool write_all(int descriptor, std::string_view text) {
  constexpr std::size_t most = 1 << 30;  // Windows takes 32 bits
  while (!text.empty()) {
    const auto size = static_cast<unsigned>(std::min(text.size(), most));
    const ssize_t count = write(descriptor, text.data(), size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace runner
