// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/update/release_file.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

/// After the update from `old_version` to the version in use has proven itself: the keys and the address of
/// later releases become those of RELEASE.json, and what only older versions needed goes to the trash.
/// Can be repeated. Throws Error.
void adopt_release(const Folder& folder, FileSystem& files, const std::string& old_version);

/// config.json with the address that `after` names, unless the user has changed that of `before`. Throws
/// Error (failed) if it is not JSON.
std::string with_source(std::string_view config, const core::ReleaseFile& before,
                        const core::ReleaseFile& after);

}  // namespace launcher
