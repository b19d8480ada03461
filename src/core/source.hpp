// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace core {

/// The next bytes, in order, which stay valid until the next call; empty at the end. Throws Error.
using Reader = std::function<std::string_view()>;

/// Bytes to be sent. Every try opens them anew, so that a try that broke off leaves nothing behind.
struct Source {
  std::uint64_t size = 0;
  std::function<Reader()> open;
};

/// Bytes that are in memory.
Source text_source(std::string text);

}  // namespace core
