// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace disk {

/// The tags of the commit that is checked out in `directory`. None where this is no repository, or
/// where there is no git in PATH: a job's image may have none.
std::vector<std::string> tags_of_head(const std::string& directory);

}  // namespace disk
