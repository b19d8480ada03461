// SPDX-License-Identifier: MIT
#pragma once

#include "commands/context.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Links a package to its repository, unless it is already linked to it.
void link_package(const inputs::LinkPackage& inputs, const Context& context);

}  // namespace commands
