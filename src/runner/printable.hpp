// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace runner {

/// `text` with blanks for control characters, those beyond ASCII included: whatever some reader takes
/// for the end of a line (CR, VT, FF, NEL), and what steers a terminal. Line feeds and tabs stay.
std::string without_controls(std::string_view text);

/// The same for the eye: also blanks for U+2028 and U+2029, which end lines too, and for what turns
/// the direction of writing; `?` for bytes that are no UTF-8.
std::string printable(std::string_view text);

}  // namespace runner
