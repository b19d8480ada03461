// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "launcher/folder.hpp"

namespace launcher {

/// Reads everything that this launcher needs of the installation. Changes nothing. `above`: the version of
/// the launcher that this one is to replace; "" for none. Throws Error that says what cannot be used, or that
/// this launcher is not later than that one.
void selftest(const Folder& folder, const std::string& above);

}  // namespace launcher
