// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace runner_tests {

/// The path of what scripts/setup --test builds into .deps/bin ("act", "actionlint"). Skips the test
/// case where it could not.
std::string tool(const std::string& name);

/// The path of a program in PATH. Skips the test case where there is none.
std::string program(const std::string& name);

}  // namespace runner_tests
