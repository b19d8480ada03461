// SPDX-License-Identifier: MIT
#pragma once

#include "launcher/folder.hpp"

namespace launcher {

/// Reads everything that this launcher needs of the installation. Changes nothing. Throws Error that says
/// what cannot be used.
void selftest(const Folder& folder);

}  // namespace launcher
