// SPDX-License-Identifier: MIT
// The driver for clang's libFuzzer, which has main.
#include <cstddef>
#include <cstdint>

#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::target({reinterpret_cast<const char*>(data), size});
  return 0;
}
