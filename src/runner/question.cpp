// SPDX-License-Identifier: MIT
#include "runner/question.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>

#include "core/text/text.hpp"

namespace runner {

bool can_ask(const Facts& facts) {
  return !facts.in_runner() && isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

bool is_confirmed(const std::string& question) {
  std::fprintf(stderr, "%s [y/N] ", question.c_str());
  std::fflush(stderr);
  std::array<char, 256> line{};
  if (std::fgets(line.data(), line.size(), stdin) == nullptr) return false;
  const std::string answer = core::lower(core::trim(line.data()));
  return answer == "y" || answer == "yes";
}

}  // namespace runner
