// SPDX-License-Identifier: MIT
// The configuration file. The only door to yaml-cpp.
#pragma once

#include <string>

#include "disk/config_tree.hpp"

namespace disk {

/// Reads the YAML file at `path`, which messages call `shown`: one document of 64 KiB and, with all
/// aliases followed, 10,000 values at most. Throws Error (workflow) with line and column.
ConfigTree read_config_file(const std::string& path, const std::string& shown);

}  // namespace disk
