// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "inputs/parse.hpp"
#include "runner/environment.hpp"
#include "runner/terminal.hpp"

namespace inputs {

/// The command line and the environment, before any value is parsed.
struct Invocation {
  const Command* command = &command_table().front();
  std::string print;  ///< the text of --help or --version, to print instead of running the command
  Values values;      ///< from INPUT_*, overridden by the command line
  std::vector<std::string> warnings;
  runner::Display display;
};

/// Whether arguments that begin with this word print a text: help, completion, man.
bool prints_a_document(std::string_view word);

/// Throws core::Error (workflow) for an option or command that does not exist, and suggests the
/// most similar name. `arguments` does not contain the name of the program. Errors in inputs of other
/// tools are added to `problems`.
Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment, core::Problems& problems);

}  // namespace inputs
