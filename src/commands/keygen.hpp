// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Creates a pair of keys in files, and says where to store each of them.
void keygen(const inputs::Keygen& inputs, const Context& context);

}  // namespace commands
