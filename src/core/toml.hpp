// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/span.hpp"

namespace core {

/// Where the string stands that a TOML document has under `path`, without its quotes; one for each
/// time it is given. A scanner, no parser: it knows strings of all kinds, comments, arrays and
/// inline tables well enough not to be led astray by them, and passes over what it cannot read.
std::vector<Span> toml_strings(std::string_view document, const std::vector<std::string>& path);

}  // namespace core
