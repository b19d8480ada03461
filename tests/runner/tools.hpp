// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace runner_tests {

/// The path of a program that scripts/setup --test builds into .deps/bin ("act", "actionlint").
/// Skips the test case if it is missing.
std::string tool(const std::string& name);

/// The path of a program in PATH. Skips the test case if there is none.
std::string program(const std::string& name);

}  // namespace runner_tests
