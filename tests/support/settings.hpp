// SPDX-License-Identifier: MIT
// The environment variables for the length of a suite and the file for its table.
#pragma once

#include <string>
#include <vector>

namespace support {

unsigned number_from(const char* variable, unsigned otherwise);

/// Prints the lines, and appends them to the file that `variable` names.
void print_table(const std::vector<std::string>& lines, const char* variable);

}  // namespace support
