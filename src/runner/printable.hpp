// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace runner {

/// `text` with control characters, including those beyond ASCII, replaced by blanks: some programs
/// treat CR, VT, FF or NEL as the end of a line, and others control a terminal. Line feeds and tabs
/// stay.
std::string without_controls(std::string_view text);

/// The same for text that is displayed: also replaces U+2028 and U+2029, which end lines too, and
/// characters that change the writing direction by blanks, and bytes that are not UTF-8 by `?`.
std::string printable(std::string_view text);

}  // namespace runner
