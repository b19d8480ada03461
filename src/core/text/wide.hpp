// SPDX-License-Identifier: MIT
// Windows only: texts as its functions have them, in UTF-16.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core {

std::wstring wide(std::string_view utf8);
std::string utf8_of(std::wstring_view text);

/// Names and values in the form in which Windows has an environment: "NAME=VALUE", each with a NUL, and a NUL at the
/// end. A name may begin with "=".
std::vector<std::pair<std::wstring, std::wstring>> variables_in(const wchar_t* block);

}  // namespace core
