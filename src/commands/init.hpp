// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Writes the workflows and other files that a project of its kind needs, and lists the remaining
/// manual steps. Existing files are not changed, unless `force` is set.
void init(const inputs::Init& inputs, const Context& context);

}  // namespace commands
