// SPDX-License-Identifier: MIT
// What the user can ask for, as changes of the journal.
#pragma once

#include <string>
#include <vector>

#include "core/update/journal.hpp"
#include "launcher/folder.hpp"
#include "launcher/requests.hpp"

namespace launcher {

/// The journal that asks for `version`, or for the highest one in updater/ready if it is "". Throws Error
/// that says why it cannot be installed.
core::Journal asking_for(const Folder& folder, const core::Journal& journal,
                         const std::string& version);

/// The journal that goes back to the previous version. Throws Error that says why that is impossible, or
/// that the user has to choose what becomes of the data.
core::Journal going_back(const Folder& folder, const core::Journal& journal, DataChoice data);

/// The journal in which `version` is not offered any more.
core::Journal skipping(const core::Journal& journal, const std::string& version);

/// The journal that also knows that these versions were withdrawn, for good.
core::Journal remembering(const core::Journal& journal, const std::vector<std::string>& withdrawn);

/// The journal in which `version` has not failed, because the user wants to try it again.
core::Journal forgetting_failure(const core::Journal& journal, const std::string& version);

/// The highest version in updater/ready that is above the one in use; "" if there is none.
std::string ready_version(const Folder& folder);

}  // namespace launcher
