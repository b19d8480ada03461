// SPDX-License-Identifier: MIT
#include <sys/ioctl.h>
#include <unistd.h>

#include <string>

#include "runner/console.hpp"

namespace runner {

bool is_terminal(std::FILE* stream) { return isatty(fileno(stream)) != 0; }

bool understands_sequences(const Environment& environment) {
  const std::string kind = value_of(environment, "TERM");
  return isatty(STDERR_FILENO) != 0 && !kind.empty() && kind != "dumb";
}

std::size_t columns_of(std::FILE* terminal) {
  constexpr std::size_t usual = 80;
  winsize size{};
  if (ioctl(fileno(terminal), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

}  // namespace runner
