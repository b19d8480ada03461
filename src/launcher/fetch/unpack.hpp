// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "launcher/fetch/new_folder.hpp"

namespace fetch {

/// The payload of a release. It has the layout of an installation, below one folder or not:
/// the launcher, current/, updater/.
struct PayloadFile {
  std::filesystem::path path;
  std::string name;      ///< of the asset, which says what format it has
  std::string launcher;  ///< the file name of the launcher in it
};

/// Unpacks current/ and the launcher into `folder`, which is left for the caller to commit; other
/// entries are checked only. The caller has verified the digest of the archive. Throws FetchError
/// (refused) that names the entry, if one is not acceptable or current/RELEASE.json is missing.
void unpack(const PayloadFile& payload, NewFolder& folder);

}  // namespace fetch
