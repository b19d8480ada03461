// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdio>

#include "runner/environment.hpp"

namespace runner {

bool is_terminal(std::FILE* stream);

/// Whether standard error is a terminal that understands sequences for colours and movements. May
/// switch them on.
bool understands_sequences(const Environment& environment);

/// Its width; 80 if it is not known.
std::size_t columns_of(std::FILE* terminal);

}  // namespace runner
