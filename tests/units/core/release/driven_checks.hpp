// SPDX-License-Identifier: MIT
// Desired states and checks that several tests of sessions share.
#pragma once

#include "units/core/release/driven.hpp"

namespace driven {

using Files = std::map<std::string, std::string>;

/// One file of a set of required files.
core::Desired one_of_set(const Server& server, const std::string& name,
                         const std::vector<std::string>& set);

/// These files with SHA256SUMS, and notes that leave no room for a record.
core::Desired desired_without_room(const Server& server, const Lines& names);

/// So many small files, with names of four digits.
Files numbered_files(int count);
Lines names_in(const Files& files);

/// The text of a checksum file of these files.
std::string checksums_of(const Files& files, core::Algorithm algorithm = core::Algorithm::sha256);

/// The result of an action on a server that lets nobody download an asset.
std::optional<core::Result> unreadable(const core::Action& action);

core::Notes notes_of(const Server& server);
Lines asset_names(const Server& server);
/// The content of the one asset with this name; "" if there is none.
std::string content_of(const Server& server, const std::string& name);
/// The one asset with this name has `content`, and the record says so.
void check_asset(const Server& server, const std::string& name, const std::string& content);

}  // namespace driven
