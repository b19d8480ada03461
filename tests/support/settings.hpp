// SPDX-License-Identifier: MIT
// What the environment says about how long a suite goes on, and where its table goes.
#pragma once

#include <string>
#include <vector>

namespace support {

unsigned number_from(const char* variable, unsigned otherwise);

/// Prints the lines, and adds them to the file that `variable` names.
void print_table(const std::vector<std::string>& lines, const char* variable);

}  // namespace support
