// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Checks everything that publishing needs and prints the results; writes nothing. Throws Error if
/// publishing would fail.
void doctor(const inputs::Doctor& inputs, const Context& context);

}  // namespace commands
