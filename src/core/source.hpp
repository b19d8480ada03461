// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace core {

/// Reads up to `size` bytes into `buffer`, in order; returns how many, 0 at the end. Throws Error.
using Reader = std::function<std::size_t(char* buffer, std::size_t size)>;

/// Bytes to be sent. Every try opens them anew, so that a try that broke off leaves nothing behind.
struct Source {
  std::uint64_t size = 0;
  std::function<Reader()> open;
};

/// Bytes that are in memory.
Source text_source(std::string text);

}  // namespace core
