// SPDX-License-Identifier: MIT
// A draft whose SHA256SUMS is signed, although other jobs' codes are gone: the job that completed the
// release has deleted the announcements, and has ended before it wrote the record. What that job
// signed still vouches for the other files.
#pragma once

#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/desired.hpp"
#include "core/release/memory.hpp"

namespace core {

/// The downloads that are needed to check the signature; empty if nothing can be learned from them.
std::vector<Action> signed_sums_to_read(const Desired& desired, const Memory& memory,
                                        const std::vector<Asset>& counting);

/// Remembers the content of SHA256SUMS. Nothing, if it is not of the form that is signed.
void remember_sums(Memory& memory, const Desired& desired, const ReadChecksums& file,
                   const std::string& text);

/// Adds the lines of the remembered SHA256SUMS to `memory.signed_lines` if
/// - the release is a draft, and the signature is that of the key of this run,
/// - all that this run vouches for otherwise is listed with the same digest, and
/// - the asset of the line is older than the file and is known to have that digest.
/// The signature does not name the commit. Because of the second condition, this run signs nothing
/// that is not signed already: lines for another commit cannot be mixed with its own.
void learn_signed_lines(Memory& memory, const Desired& desired, const Snapshot& snapshot);

/// Whether a line of that SHA256SUMS vouches for the asset under the same conditions. Other jobs with the
/// key can read that, so it need not be announced to them.
bool is_signed_line(const Memory& memory, const Desired& desired, const Snapshot& snapshot,
                    const Asset& asset, const Digest& sha256);

}  // namespace core
