// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

/// The whole program. `arguments`: in UTF-8, without the program's name. Returns the exit status.
int run_program(const std::vector<std::string>& arguments);
