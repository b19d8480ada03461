// SPDX-License-Identifier: MIT
// What every job has to keep to in its requests, and how a release's notes are read here: by code of
// the tests' own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace support {

bool is_look(const Logged& asked);
bool is_edit(const Logged& asked);
bool is_creation(const Logged& asked);  ///< of a release
bool is_upload(const Logged& asked);

/// One of the broken rules: on a public release each edit of the notes says that it is public.
inline constexpr const char* notes_without_flag =
    "wrote the notes of a public release without flag";

/// The rules of "Looking again" that one job's requests, in their order, break: each edit directly
/// after a look, flag and notes together, no second release in the place of one that is gone, and a last look after the last write where it succeeded.
std::vector<std::string> broken_rules(const std::vector<const Logged*>& own, bool succeeded);

/// The notes without our comments.
std::string text_of(const std::string& body);

/// "UUID8:SHA256 in base64" by asset id, from the record in the last line.
std::map<std::uint64_t, std::string> record_in(const std::string& body);
std::string base64_of_hex(const std::string& hex);

}  // namespace support
