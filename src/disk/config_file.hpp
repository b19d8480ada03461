// SPDX-License-Identifier: MIT
// The configuration file. The only door to yaml-cpp.
#pragma once

#include <string>

#include "disk/config_tree.hpp"

namespace disk {

/// Reads the text of a YAML file, which messages call `shown`: one document and, with all aliases
/// followed, 10,000 values at most. Throws Error (workflow) with line and column.
ConfigTree parse_config_file(const std::string& text, const std::string& shown);

}  // namespace disk
