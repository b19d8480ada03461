// SPDX-License-Identifier: MIT
#include "support/under_test.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>

#include "support/golden.hpp"

namespace support {
namespace {

/// "" for the built program.
std::string other_program() {
  const char* const named = std::getenv("GITEA_RELEASE_UNDER_TEST");
  return named == nullptr ? "" : named;
}

/// What a command printed, if it ended with a failure.
std::string complaint_of(const std::string& command) {
  std::FILE* const output = popen(command.c_str(), "re");
  if (output == nullptr) return "popen";
  std::string text;
  std::array<char, 256> block{};
  while (std::fgets(block.data(), block.size(), output) != nullptr) text += block.data();
  return pclose(output) == 0 ? "" : text;
}

}  // namespace

bool tests_another_program() { return !other_program().empty(); }

std::string program_under_test() {
  const std::string other = other_program();
  if (other.empty()) return GITEA_RELEASE;
  static const std::string missing = complaint_of("'" + other + "' --is-it-there 2>&1");
  if (!missing.empty()) SKIP(missing);
  return other;
}

void needs_this_system(const std::string& why) {
  if (tests_another_program()) SKIP("not with a program for another system: " << why);
}

std::string as_on_this_system(std::string text) {
  return tests_another_program() ? replaced(std::move(text), "Z:/", "/") : text;
}

}  // namespace support
