// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <system_error>

namespace runner {

/// Appends all of `text` to the file, or nothing.
std::error_code append_to_file(const std::string& file, std::string_view text);

/// Writes all of `text`; false with the reason in errno.
bool write_all(int descriptor, std::string_view text);

}  // namespace runner
