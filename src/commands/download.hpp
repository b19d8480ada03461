// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Downloads assets of a release, and checks them against its digests and, with a public key, its
/// signature. A file gets its final name only when it is complete and correct.
void download(const inputs::Download& inputs, const Context& context);

}  // namespace commands
