// SPDX-License-Identifier: MIT
#include "runner/question.hpp"

#include <array>
#include <cstdio>

#include "core/text/text.hpp"
#include "runner/console.hpp"

namespace runner {

bool can_ask(const Facts& facts) {
  return !facts.in_runner() && is_terminal(stdin) && is_terminal(stderr);
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
