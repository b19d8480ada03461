// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace core {

/// Returns the next bytes, in order, which stay valid until the next call; empty at the end. Throws
/// Error.
using Reader = std::function<std::string_view()>;

/// Bytes to send. Each attempt opens the source anew, and so starts from the beginning.
struct Source {
  std::uint64_t size = 0;
  std::function<Reader()> open;
};

/// A source of bytes in memory.
Source text_source(std::string text);

}  // namespace core
