// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "inputs/table.hpp"

namespace inputs {

/// A value before it is parsed.
struct Value {
  std::string text;
  std::string
      where;  ///< file, line and column in the configuration file; "" for an input or option
};

/// By option name.
using Values = std::map<std::string, Value>;

/// Parses the values of the options of `command`. Errors are added to `problems`.
Inputs parse(const Command& command, const Values& values, core::Problems& problems);

/// The values that an option accepts; empty if it accepts any text or a number.
std::vector<std::string> values_of(const Command& command, const Option& option);

}  // namespace inputs
