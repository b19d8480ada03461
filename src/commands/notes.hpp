// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Generates the notes of a tag from the commits since the previous release, and prints them or
/// writes them to a file. Throws core::Error. `context.problems` contains the errors already found
/// in the inputs.
void notes(const inputs::Notes& inputs, const Context& context);

}  // namespace commands
