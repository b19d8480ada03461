// SPDX-License-Identifier: MIT
// `check` and `download`: fetch/ does the work, and this says what the installation asks for.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/update/journal.hpp"
#include "launcher/folder.hpp"
#include "launcher/status.hpp"

namespace launcher {

struct UpdateResult {
  int status = 0;  ///< exit status
  std::string message;
  std::vector<std::string> withdrawn = {};  ///< versions that the journal has to remember
};

/// Looks for a newer release. Puts its version into `status`. Throws Error.
UpdateResult check(const Folder& folder, const core::Journal& journal, Status& status);

/// Downloads `version`, or the newest one if it is "", verifies it and unpacks it to updater/ready. A
/// request to stop ends it after the next piece, and a later call continues. Throws Error.
UpdateResult download(const Folder& folder, const core::Journal& journal,
                      const std::string& version, Status& status, const std::stop_token& stop);

/// The same with a local archive in place of the server.
UpdateResult download_from(const Path& archive, const Folder& folder, const core::Journal& journal,
                           Status& status);

}  // namespace launcher
