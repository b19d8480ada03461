// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "core/span.hpp"

namespace core {

/// Where the string stands that a JSON object has under `member`, without its quotes; one for each
/// time it is given. Members of members are passed over. Throws Error for what is no valid JSON.
std::vector<Span> json_strings(std::string_view document, std::string_view member);

}  // namespace core
