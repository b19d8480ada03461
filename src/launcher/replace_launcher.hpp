// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"
#include "launcher/log.hpp"

namespace launcher {

/// Replaces this program's file by the one that came with `version`, if there is one, it is of a later
/// launcher, and it passes its selftest in this installation. The running launcher goes on. Throws Error.
void replace_launcher(const Folder& folder, FileSystem& files, Log& log,
                      const std::string& version);

/// Gives the file `candidate` the name of the running program `launcher`. Throws Error, and leaves the old
/// one then.
void put_in_place(FileSystem& files, const Path& candidate, const Path& launcher);

}  // namespace launcher
