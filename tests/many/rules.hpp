// SPDX-License-Identifier: MIT
// What every job has to keep to in its requests, and how a release's notes are read here: by code of
// the tests' own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "many/stage.hpp"

namespace many {

bool is_job(const Asked& asked);  ///< not the owner, who looks on and is everybody else
bool is_look(const Asked& asked);
bool is_edit(const Asked& asked);
bool is_creation(const Asked& asked);  ///< of a release
bool is_upload(const Asked& asked);

/// One of the broken rules: on a public release each edit of the notes says that it is public.
inline constexpr const char* notes_without_flag =
    "wrote the notes of a public release without flag";

/// The rules of "Looking again" that one job's requests, in their order, break: each edit directly
/// after a look, flag and notes together, no second release in the place of one that is gone, and a last look after the last write where it succeeded.
std::vector<std::string> broken_rules(const std::vector<const Asked*>& own, bool succeeded);

/// Whether a write that was in the air when the release was published can have hidden it again: its
/// row, or the look that it was decided by, is from before. Nothing avoids that on a server that
/// writes whole rows; it is never so where somebody looked at what was published, and hid it.
bool in_the_air(const std::vector<Asked>& requests, std::int64_t published_ms,
                std::int64_t hidden_ms);

/// The notes without our comments.
std::string text_of(const std::string& body);

/// "UUID8:SHA256 in base64" by asset id, from the record in the last line.
std::map<std::uint64_t, std::string> record_in(const std::string& body);
std::string base64_of_hex(const std::string& hex);

}  // namespace many
