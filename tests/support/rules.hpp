// SPDX-License-Identifier: MIT
// Rules for the requests of every job, and a reader of a release's notes that is independent of the
// program.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace support {

bool is_read(const Logged& asked);
bool is_edit(const Logged& asked);
bool is_creation(const Logged& asked);  ///< of a release
bool is_upload(const Logged& asked);

/// One of the broken rules: on a public release each edit of the notes must set draft: false.
inline constexpr const char* notes_without_flag =
    "wrote the notes of a public release without flag";

/// The rules about reading again that the requests of one job break, in their order: each edit
/// directly follows a read, flag and notes are edited together, no second release replaces a
/// deleted one, and a successful job reads after its last write.
std::vector<std::string> broken_rules(const std::vector<const Logged*>& own, bool succeeded);

/// The notes without our comments.
std::string text_of(const std::string& body);

/// "UUID8:SHA256 in base64" by asset id, from the record in the last line.
std::map<std::uint64_t, std::string> record_in(const std::string& body);
std::string base64_of_hex(const std::string& hex);

}  // namespace support
