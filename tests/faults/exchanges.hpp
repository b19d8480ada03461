// SPDX-License-Identifier: MIT
// The exchanges that a fault can affect.
#pragma once

#include <string>

#include "faults/fault.hpp"

namespace faults {

bool any(const Exchange& one);
bool write(const Exchange& one);
bool sends_a_body(const Exchange& one);
bool gets_a_body(const Exchange& one);

/// Of an upload; "" otherwise.
std::string name_of_asset(const Exchange& one);
/// An announcement of a job, `.sha256.…`: an empty asset.
bool announces_a_digest(const Exchange& one);
/// An upload that is not an announcement.
bool uploads_a_file(const Exchange& one);
/// A file of the job, not one that the program has generated.
bool uploads_a_file_of_the_job(const Exchange& one);

/// A read that finds out what may prevent the tag's creation: of the repository itself, and of its
/// tag protections. If the response does not say so, nothing prevents it.
bool reads_restrictions(const Exchange& one);

/// A read that finds tags beside which git cannot store the new one. If it fails, the server rejects
/// such a tag later.
bool looks_for_clashing_tags(const Exchange& one);

}  // namespace faults
