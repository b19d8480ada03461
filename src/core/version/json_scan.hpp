// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

/// The positions of the strings at `path` in a JSON document, without their quotes: one for each
/// time that the member occurs. `path` has the names of the members, outermost first. Throws Error
/// (failed) if the document is not valid JSON.
std::vector<Span> json_strings(std::string_view document, const std::vector<std::string>& path);

}  // namespace core
