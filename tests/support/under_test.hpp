// SPDX-License-Identifier: MIT
// The program under test: the built one, or what GITEA_RELEASE_UNDER_TEST names instead, which is a build for another
// system with a script that starts it there (tests/support/under-wine).
#pragma once

#include <string>

namespace support {

/// Whether it is not the built one.
bool tests_another_program();

/// If it is another one that cannot be started, the test program ends before its first test case, and reports it as
/// skipped: "PROGRAM --is-it-there" says why.
std::string program_under_test();

/// Skips the test case if it is another program, and the test case needs this system for the reason `why`.
void needs_this_system(const std::string& why);

/// A log or outputs of another program as the built one writes them: without the drive of wine's root directory.
std::string as_on_this_system(std::string text);

}  // namespace support
