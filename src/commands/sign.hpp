// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Signs a draft whose files are those on this computer, and publishes it.
void sign(const inputs::Sign& inputs, const Context& context);

}  // namespace commands
