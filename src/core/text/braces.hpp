// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Expands `{a,b}`: "x.{zip,tar.{gz,xz}}" becomes three patterns. Throws Error (workflow) for an
/// unmatched brace or bracket, and for more than 100 braces or 1,000 patterns.
std::vector<std::string> expand_braces(std::string_view pattern);

}  // namespace core
