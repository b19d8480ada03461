// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace support {

/// Compares `text` with the golden file tests/data/`name`; if UPDATE_GOLDEN is set, writes the file
/// instead.
void check_golden(const std::string& name, const std::string& text);

/// `text` with every `what` replaced.
std::string replaced(std::string text, const std::string& what, const std::string& with);

}  // namespace support
