// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace disk {

/// The tags of the commit that is checked out in `directory` of `workspace`: of the repository whose
/// .git lies nearest above it, but never above the workspace. None where there is no such .git, or
/// no git in PATH: a job's image may have none. Whatever that repository's configuration says, git
/// runs no command and asks no server. Throws Error (failed) where git does not end.
std::vector<std::string> tags_of_head(const std::filesystem::path& directory,
                                      const std::filesystem::path& workspace);

}  // namespace disk
