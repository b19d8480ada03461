// SPDX-License-Identifier: MIT
// The entry of an application in the system's list of installed programs.
#pragma once

#include <string>

namespace launcher {

/// Changes the version in the entry that the installer made under the name of the application. Without such an
/// entry, and on systems without such a list, it does nothing.
void show_installed_version(const std::string& app, const std::string& version);

}  // namespace launcher
