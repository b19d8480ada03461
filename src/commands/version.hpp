// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Finds the version of this build, writes it where `stamp` says, and fills the outputs.
void version(const inputs::Version& inputs, const Context& context);

}  // namespace commands
