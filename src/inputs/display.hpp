// SPDX-License-Identifier: MIT
// Options of every command that only concern what it prints. They are not inputs of an action.
#pragma once

#include <string>
#include <vector>

#include "inputs/parse.hpp"
#include "runner/terminal.hpp"

namespace inputs {

struct DisplayOption {
  const char* flag;
  std::vector<std::string> values;  ///< empty for one without a value
  const char* meaning;
};

const std::vector<DisplayOption>& display_options();

/// Sets the member of `display` that belongs to an option; `value` is empty for one without.
void set_display(runner::Display& display, std::string_view flag, const std::string& value);

}  // namespace inputs
