// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace disk {

/// The whole file as text. Throws Error (workflow) that names `option` where it cannot be read.
std::string read_text(const std::string& path, const std::string& option);

/// Writes `text` over what is there. Throws Error (workflow) that names `option` where it cannot.
void write_text(const std::string& path, const std::string& text, const std::string& option);

}  // namespace disk
