// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace launcher {

enum class Output { normal, errors };

/// Writes UTF-8 as it is. What cannot be written is lost.
void write_output(Output output, std::string_view text);

}  // namespace launcher
