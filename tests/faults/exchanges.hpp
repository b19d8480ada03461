// SPDX-License-Identifier: MIT
// Which exchanges a fault can meet.
#pragma once

#include <string>

#include "faults/fault.hpp"

namespace faults {

bool any(const Exchange& one);
bool write(const Exchange& one);
bool sends_a_body(const Exchange& one);
bool gets_a_body(const Exchange& one);

/// Of an upload; "" of anything else.
std::string name_of_asset(const Exchange& one);
/// A job's note for the others, `.sha256.…`: an empty asset.
bool sends_a_note(const Exchange& one);
/// An upload that is no note.
bool sends_a_file(const Exchange& one);
/// A file that the job brings, and the program has not made.
bool sends_a_brought_file(const Exchange& one);

/// Asks what may keep the tag from being made: of the repository itself, and of its protected tags.
/// Where the answer does not say so, nothing does.
bool asks_for_advice(const Exchange& one);

}  // namespace faults
