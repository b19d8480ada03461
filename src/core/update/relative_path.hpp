// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace core {

/// Whether the path stays inside the folder that it is relative to, on Linux and on Windows: parts
/// joined by `/`, none of them empty, `.` or `..`, and no backslash, colon or control character.
bool is_inside(std::string_view path);

}  // namespace core
