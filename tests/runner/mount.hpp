// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runner_tests {

/// A command that runs the following arguments with `directory` mounted again with these options,
/// in a separate mount namespace. Skips the test case if this process may not mount; `log` is for
/// the attempt.
std::vector<std::string> mounted(const std::filesystem::path& directory, const std::string& options,
                                 const std::filesystem::path& log);

}  // namespace runner_tests
