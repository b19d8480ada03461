// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Checks a release on the server, or a local directory, against its signature. Throws Error
/// (failed) if a file does not match the signature.
void verify(const inputs::Verify& inputs, const Context& context);

}  // namespace commands
