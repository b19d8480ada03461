// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace runner_tests {

/// "amd64" or "arm64": this machine's, as in the file names in dist/.
std::string architecture();

/// Creates the action's repository in `directory`, in the state of a release tag: action.yml, bin/,
/// the folders of the other actions, and `binary` in dist/ for this machine.
void make_action_tree(const std::filesystem::path& directory,
                      const std::filesystem::path& binary = GITEA_RELEASE);

std::filesystem::path binary_of(const std::filesystem::path& tree);

/// What `scripts/build-static TARGET` has put into dist/ of this source tree. Skips the test case if
/// it is missing.
std::filesystem::path static_binary(const std::string& target);

}  // namespace runner_tests
