// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runner/environment.hpp"

/// What was asked for, before any value is looked at.
struct Invocation {
  std::string command = "publish";
  std::string print;  ///< text to print instead of working: --help or --version
  std::map<std::string, std::string> values;  ///< by option name: INPUT_*, then the command line
  std::vector<std::string> warnings;
};

/// Throws core::Error (workflow) for an option or command that does not exist, with the nearest
/// name. `arguments` without the program's name.
Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment);
