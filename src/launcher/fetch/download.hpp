// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "launcher/fetch/check.hpp"
#include "launcher/fetch/provider.hpp"

namespace fetch {

/// How far a download is.
struct Progress {
  std::uint64_t done = 0;  ///< bytes, including those of earlier runs
  std::uint64_t total = 0;
};

/// Called for each piece of a download. Returns false to stop it; a later run continues there.
using OnProgress = std::function<bool(const Progress&)>;

/// Where downloads go. The caller holds the lock of the installation.
struct Storage {
  std::filesystem::path updater;  ///< of the installation; downloads/, ready/ and trash/ are in it
  std::string launcher;           ///< the file name of the launcher in archives: launcher_name()
};

/// "your-app", on Windows "your-app.exe".
std::string launcher_name(const core::UpdateConfig& config);

/// Downloads and unpacks the update into updater/ready/VERSION/, which appears when it is complete and
/// durable: `current/`, the launcher if the archive has one, and `payload`, a file with the SHA-256 of
/// the archive in hexadecimal. Does nothing if it is there already. Returns its path. Throws FetchError
/// if there is no room, the folder cannot be written, or the archive is not what was signed, and Error
/// if the server, the network or the disk fails, or the download was stopped.
std::filesystem::path download(const Update& update, Provider& provider, const Storage& storage,
                               const OnProgress& progress);

/// The same without a server: `archive`, and beside it SHA256SUMS, SHA256SUMS.minisig and update.json of
/// its release, which are verified first. The channel of the installation does not matter. Throws
/// FetchError (refused) also if the version is not higher than the installed one, or cannot be installed
/// here.
std::filesystem::path download_from(const std::filesystem::path& archive,
                                    const Installed& installed, const Storage& storage,
                                    const OnProgress& progress);

/// The update in `archive`, verified as described above, but for the digest of `archive` itself.
Update local_update(const std::filesystem::path& archive, const Installed& installed);

}  // namespace fetch
