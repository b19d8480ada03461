// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "inputs/table.hpp"

namespace inputs {

/// The output of `gitea-release COMMAND --help`, in lines of at most 100 columns.
std::string help_text(const Command& command);

}  // namespace inputs
