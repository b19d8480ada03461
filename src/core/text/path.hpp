// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace core {

/// The path that a text in UTF-8 names. The conversion that the standard library does by itself is not from
/// UTF-8 on Windows; the one back, path::string(), gives UTF-8 on all systems.
inline std::filesystem::path path_of(std::string_view utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

}  // namespace core
