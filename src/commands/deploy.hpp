// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Calls the redeploy webhook, if one is set.
void deploy(const inputs::Deploy& inputs, const Context& context);

}  // namespace commands
