// SPDX-License-Identifier: MIT
// Windows only: the programs that run.
#pragma once

#include "disk/windows.hpp"
#include "launcher/folder.hpp"

namespace launcher {

/// The file of a running program; "" if there is no such process, or it may not be asked.
Path program_of(DWORD process);

/// Whether the path is below the folder. Case does not matter.
bool is_in_folder(const Path& path, const Path& folder);

}  // namespace launcher
