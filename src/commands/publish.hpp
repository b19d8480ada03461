// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Creates or updates the release of a tag, uploads its assets, publishes it, and sets the outputs,
/// also after a failure. Throws core::Error. `context.problems` contains the errors already found
/// in the inputs.
void publish(const inputs::Publish& inputs, const Context& context);

}  // namespace commands
