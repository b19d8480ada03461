// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace core {

/// `text` with an end for what it leaves open, so that it does not swallow what comes behind it: a
/// fenced block of code, HTML such as a comment or `<pre>`, and `<details>`, which hides what is in
/// it. Shown by itself it stays as it is.
std::string with_blocks_closed(std::string_view text);

}  // namespace core
