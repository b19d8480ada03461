// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Deletes old releases, the oldest first, and their tags if configured. A dry run, which is the
/// default, only prints what would be deleted. Throws core::Error; the outputs then contain what
/// was deleted before. `context.problems` contains the errors already found in the inputs.
void prune(const inputs::Prune& inputs, const Context& context);

}  // namespace commands
