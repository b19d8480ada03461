// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace disk {

/// The tags of the commit that is checked out in `directory`. The repository is the one with the
/// nearest .git at or above `directory`, but not above `workspace`. Empty if there is no such .git,
/// or no git in PATH. Whatever the repository's configuration contains, git runs no command and
/// contacts no server. Throws Error (failed) if git does not end.
std::vector<std::string> tags_of_head(const std::string& directory, const std::string& workspace);

/// All tags of that repository. As above.
std::vector<std::string> all_tags(const std::string& directory, const std::string& workspace);

/// The address of its remote "origin", which may contain a password; "" without one. As above.
std::string origin_url(const std::string& directory, const std::string& workspace);

}  // namespace disk
