// SPDX-License-Identifier: MIT
// updater/last_check.json: what the last successful check found, also after a restart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text/json.hpp"
#include "core/update/journal.hpp"
#include "launcher/fetch/check.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

/// An update that a user can install, in the words of its release.
struct Offer {
  std::string version;
  std::string tag;
  std::string summary;  ///< one line, signed
  bool is_critical = false;
  std::uint64_t size = 0;                  ///< bytes of the download
  std::string page;                        ///< address of the release, for people
  std::vector<fetch::ReleaseNotes> notes;  ///< the highest version first; not signed
  bool operator==(const Offer&) const = default;
};

struct LastCheck {
  std::string time;  ///< "2026-12-01T11:22:33Z"; "" if there was no successful check
  std::optional<Offer> offer;
  bool operator==(const LastCheck&) const = default;
};

/// The offer for `update`. Long notes are cut.
Offer offer_of(const fetch::Update& update);

/// {} for nullopt.
core::JsonObject json_of(const std::optional<Offer>& offer);

/// Ignores that it cannot be written.
void write_last_check(const Folder& folder, FileSystem& files, const LastCheck& check);

/// When the last successful check was; "" if there was none.
std::string last_check_time(const Folder& folder);

/// The last check. Its offer is left out once it is installed, was skipped, or has failed here.
LastCheck last_check(const Folder& folder, const core::Journal& journal);

}  // namespace launcher
