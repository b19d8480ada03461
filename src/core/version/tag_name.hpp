// SPDX-License-Identifier: MIT
// Git's rules for the names of tags (`git check-ref-format`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Which rule `name` breaks as the name of a tag, as a text that continues "it …"; "" if git and the
/// servers allow it.
std::string fault_of_tag_name(std::string_view name);

/// The tags that cannot exist beside `name`, because git stores tags like files in folders: `a` and
/// `a/b` for `a/b/c`.
std::vector<std::string> folders_of_tag(std::string_view name);

}  // namespace core
