// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runner_tests {

/// A command that runs what follows it where `directory` is mounted anew with these options, which
/// nobody else sees. Skips the test case where this process may not mount; `log` is for the trial.
std::vector<std::string> mounted(const std::filesystem::path& directory, const std::string& options,
                                 const std::filesystem::path& log);

}  // namespace runner_tests
