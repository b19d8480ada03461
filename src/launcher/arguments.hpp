// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "launcher/folder.hpp"
#include "launcher/requests.hpp"

namespace launcher {

/// What follows `--launcher`.
struct Arguments {
  std::string command;
  std::string operand;  ///< the version, key or number of seconds; "" if there is none
  bool json = false;
  bool now = false;
  DataChoice data = DataChoice::none;
  Path from;  ///< a local archive; "" for none
};

/// The commands and what may follow them.
std::string usage();

/// Throws Error (workflow) that says what was expected.
Arguments parse_arguments(const std::vector<std::string>& words);

}  // namespace launcher
