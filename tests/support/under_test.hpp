// SPDX-License-Identifier: MIT
// The program under test: the built one, or what GITEA_RELEASE_UNDER_TEST names instead, which is a build for another
// system or processor, by a script that starts it there (tests/support/under-wine, under-qemu-arm64, under-qemu-armv7).
#pragma once

#include <string>

namespace support {

/// Whether it is not the built one.
bool tests_another_program();

/// Whether it is the program for Windows.
bool tests_windows_program();

/// Whether it is the program for 32-bit ARM.
bool tests_32_bit_program();

/// If it is another one that cannot be started, the test program ends before its first test case, and reports it as
/// skipped: "PROGRAM --is-it-there" says why.
std::string program_under_test();

/// Skips the test case, which needs this system for the reason `why`, if the program is for Windows.
void needs_this_system(const std::string& why);

/// Skips the test case, which needs the built program itself for the reason `why`, if it is another one.
void needs_the_built_program(const std::string& why);

/// A log or outputs of the program for Windows as the built one writes them: without the drive of wine's root directory.
std::string as_on_this_system(std::string text);

}  // namespace support
