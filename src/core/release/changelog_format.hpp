// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// The format of a changelog that is not Markdown, by the end of its `file`'s name:
/// "reStructuredText" or "AsciiDoc". "" for any other.
std::string_view format_by_name(std::string_view file);

/// The same, detected by syntax that Markdown does not have. `is_text` tells for each line whether it is
/// outside of code and HTML.
std::string_view format_by_marks(const std::vector<std::string>& lines,
                                 const std::vector<bool>& is_text);

}  // namespace core
