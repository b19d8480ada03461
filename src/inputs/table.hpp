// SPDX-License-Identifier: MIT
// The table of all commands, with their inputs and options. INPUT_*, the command line, --help, the
// action.yml files and docs/inputs.md are generated from it; tests/contract checks that they agree.
#pragma once

#include <string_view>
#include <vector>

#include "inputs/option.hpp"

namespace inputs {

struct Output {
  const char* name;
  const char* meaning;
};

struct Command {
  /// Its name on the command line; also the folder of its action, if it has one.
  std::string_view name;
  const char* summary;          ///< the first lines of --help, and the description in action.yml
  Inputs defaults;              ///< also selects the alternative that the options are stored in
  std::vector<Option> options;  ///< in the order of the documentation
  std::vector<Output> outputs;
  bool is_action = true;  ///< otherwise only for use on the command line
};

/// `publish` comes first: it is the default command.
const std::vector<Command>& command_table();

const Command* find_command(std::string_view name);  ///< nullptr if there is none

/// The command that these arguments begin with, or the first one of the table.
const Command& command_in(const std::vector<std::string>& arguments);

}  // namespace inputs
