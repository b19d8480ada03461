// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace core {

/// `text` with all open blocks closed, so that they do not include the text after it: fenced code
/// blocks, HTML such as a comment or `<pre>`, and `<details>`. This does not change how `text`
/// itself is displayed.
std::string with_blocks_closed(std::string_view text);

}  // namespace core
