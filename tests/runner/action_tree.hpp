// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace runner_tests {

/// "amd64" or "arm64": this machine's, as the names in dist/ have it.
std::string architecture();

/// Makes in `directory` the action's repository as a release tag has it: action.yml, bin/, the
/// folders of the other actions, and `binary` in dist/ for this machine.
void make_action_tree(const std::filesystem::path& directory,
                      const std::filesystem::path& binary = GITEA_RELEASE);

std::filesystem::path binary_of(const std::filesystem::path& tree);

/// What scripts/build-static puts into dist/ of this source tree. Skips the test case where it is
/// missing.
std::filesystem::path static_binary(const std::string& architecture);

}  // namespace runner_tests
