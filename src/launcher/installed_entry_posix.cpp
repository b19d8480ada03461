// SPDX-License-Identifier: MIT
#include "launcher/installed_entry.hpp"

namespace launcher {

void show_installed_version(const std::string& /*app*/, const std::string& /*version*/) {}

}  // namespace launcher
