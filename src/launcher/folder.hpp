// SPDX-License-Identifier: MIT
// The folder of an installation, and what its files say.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/update/release_file.hpp"
#include "core/update/update_config.hpp"

namespace launcher {

using Path = std::filesystem::path;

/// The paths of an installation. Versions are those of RELEASE.json.
struct Folder {
  Path root;      ///< absolute, without links
  Path launcher;  ///< this program's file, directly in `root`

  Path current() const { return root / "current"; }
  Path data() const { return root / "data"; }
  Path messages() const { return data() / ".launcher"; }  ///< shared with the application
  Path url() const { return messages() / "url"; }
  Path updater() const { return root / "updater"; }
  Path config() const { return updater() / core::update_config_name; }
  Path trusted() const { return updater() / "trusted.pub"; }
  Path state() const { return updater() / "state.json"; }
  Path lock() const { return updater() / "lock"; }
  Path log() const { return updater() / "log.txt"; }
  Path output() const { return updater() / "output.log"; }
  Path status() const { return updater() / "status.json"; }
  Path trash() const { return updater() / "trash"; }
  /// The unpacked archive of a version that is not installed yet.
  Path ready(const std::string& version) const { return updater() / "ready" / version; }
  Path all_previous() const { return updater() / "previous"; }
  Path previous(const std::string& version) const { return all_previous() / version; }
  Path all_failed() const { return updater() / "failed"; }
  Path failed(const std::string& version) const { return all_failed() / version; }
  Path snapshots() const { return updater() / "snapshots"; }
  /// The data as it was before `version` was installed.
  Path snapshot(const std::string& version) const { return snapshots() / version; }
};

/// The installation that contains the program `executable`, an absolute path without links.
Folder folder_of(const Path& executable);

/// RELEASE.json of the version in `folder`; nullopt if it is absent or cannot be used.
std::optional<core::ReleaseFile> release_in(const Path& folder);

/// The version in `folder`; "" if the folder does not exist, "?" if its RELEASE.json cannot be used.
std::string version_in(const Path& folder);

/// RELEASE.json of the version in use. Throws Error (workflow) that says what to do if there is
/// none.
core::ReleaseFile release_in_use(const Folder& folder);

/// Throws Error (workflow) if updater/config.json cannot be used.
core::UpdateConfig config_of(const Folder& folder);

/// The version that `rollback` returns to; "" if there is none.
std::string previous_version(const Folder& folder);

}  // namespace launcher
