// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "options.hpp"
#include "runner/environment.hpp"

/// What was asked for, before any value is looked at.
struct Invocation {
  const Command* command = &command_table().front();
  std::string print;  ///< text to print instead of working: --help or --version
  Values values;      ///< INPUT_*, then the command line
  std::vector<std::string> warnings;
};

/// The command that the arguments begin with, else the first one of the table.
const Command& command_in(const std::vector<std::string>& arguments);

/// Throws core::Error (workflow) for an option or command that does not exist, with the nearest
/// name. `arguments` without the program's name.
Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment);
