// SPDX-License-Identifier: MIT
// The configuration file. The only code that uses yaml-cpp.
#pragma once

#include <string>

#include "disk/config_tree.hpp"

namespace disk {

/// Parses the text of a YAML file, called `shown` in messages: one document with at most 10,000
/// values after all aliases are followed. Throws Error (workflow) with line and column.
ConfigTree parse_config_file(const std::string& text, const std::string& shown);

}  // namespace disk
