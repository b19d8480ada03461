// SPDX-License-Identifier: MIT
// `check` and `download`: fetch/ does the work, and this says what the installation asks for.
#pragma once

#include <string>
#include <vector>

#include "core/update/journal.hpp"
#include "launcher/fetch/download.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

struct UpdateResult {
  int status = 0;  ///< exit status
  std::string message;
  std::vector<std::string> withdrawn = {};  ///< versions that the journal has to remember
};

/// Looks for a newer release, and notes what it found (last_check.hpp). Throws Error.
UpdateResult check(const Folder& folder, FileSystem& files, const core::Journal& journal);

/// Downloads `version`, or the newest one if it is "", verifies it and unpacks it to updater/ready. If
/// `progress` stops it, a later call continues. Throws Error.
UpdateResult download(const Folder& folder, const core::Journal& journal,
                      const std::string& version, const fetch::OnProgress& progress);

/// The same with a local archive in place of the server.
UpdateResult download_from(const Path& archive, const Folder& folder, const core::Journal& journal,
                           const fetch::OnProgress& progress);

}  // namespace launcher
