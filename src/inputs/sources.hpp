// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "core/problems.hpp"
#include "inputs/command_line.hpp"
#include "inputs/inputs.hpp"
#include "runner/facts.hpp"

namespace inputs {

/// The inputs of a run, in order of precedence: the command line, INPUT_*, the configuration file
/// (for commands with the option `config`), and the defaults. Errors are added to `problems`.
Inputs read(const Invocation& invocation, const runner::Facts& facts, core::Problems& problems);

/// Whether the command reads the configuration file.
bool reads_config(const Command& command);

/// Whether an option of such a command may be in that file. A change of the checkout must not
/// decide where the token is sent, or what can be read with it.
bool may_be_in_config(std::string_view name);

}  // namespace inputs
