// SPDX-License-Identifier: MIT
// updater/state.json on the disk.
#pragma once

#include "core/update/journal.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

/// The journal; an idle one if there is no file. Throws Error (failed) if it cannot be used, for example
/// because a later launcher wrote it: nothing may be changed then.
core::Journal read_journal(const Folder& folder);

/// Durably. Throws FileError.
void write_journal(const Folder& folder, FileSystem& files, const core::Journal& journal);

}  // namespace launcher
