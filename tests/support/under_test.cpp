// SPDX-License-Identifier: MIT
#include "support/under_test.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
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

/// Ends the test program with CTest's status for a skipped test, before the first test case, if the other program
/// cannot be started. In a CHECK of a test case Catch2 would take a skip for a failure.
class AvailabilityCheck : public Catch::EventListenerBase {
 public:
  using EventListenerBase::EventListenerBase;
  void testRunStarting(const Catch::TestRunInfo& /*run*/) override {
    if (!tests_another_program()) return;
    const std::string missing = complaint_of("'" + other_program() + "' --is-it-there 2>&1");
    if (missing.empty()) return;
    std::printf("SKIPPED: %s", missing.c_str());
    std::exit(4);
  }
};
CATCH_REGISTER_LISTENER(AvailabilityCheck)

}  // namespace

bool tests_another_program() { return !other_program().empty(); }

bool tests_windows_program() { return other_program().ends_with("under-wine"); }

bool tests_32_bit_program() { return other_program().ends_with("armv7"); }

std::string program_under_test() {
  const std::string other = other_program();
  return other.empty() ? GITEA_RELEASE : other;
}

void needs_this_system(const std::string& why) {
  if (tests_windows_program()) SKIP("not with the program for Windows: " << why);
}

void needs_the_built_program(const std::string& why) {
  if (tests_another_program()) SKIP("only with the built program: " << why);
}

std::string as_on_this_system(std::string text) {
  return tests_windows_program() ? replaced(std::move(text), "Z:/", "/") : text;
}

}  // namespace support
