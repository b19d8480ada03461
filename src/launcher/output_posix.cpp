// SPDX-License-Identifier: MIT
#include <cstdio>

#include "launcher/output.hpp"

namespace launcher {

void write_output(Output output, std::string_view text) {
  std::FILE* const file = output == Output::normal ? stdout : stderr;
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
}

}  // namespace launcher
