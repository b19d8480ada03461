// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "inputs/table.hpp"

namespace inputs {

/// The arguments of a command as they were meant: the beginning of an option's name becomes the
/// whole name if only one option begins with it, and several values after an option that takes one
/// per line (`--files dist/a dist/b`, from a pattern that the shell expanded) become one value. Throws
/// Error (workflow) if several options begin with the same word.
std::vector<std::string> completed_arguments(const Command& command,
                                             const std::vector<std::string>& arguments);

}  // namespace inputs
