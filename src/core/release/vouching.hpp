// SPDX-License-Identifier: MIT
// Decides which digests may be signed. The server, and anybody who may write to the repository, can claim
// any digest for an asset. So a run signs only digests of its own files, or those that another job with the
// same key vouches for. That job adds a code that nobody can compute without the key, or has signed a
// SHA256SUMS that lists the digest (signed_sums.hpp).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/release/desired.hpp"
#include "core/release/memory.hpp"

namespace core {

/// Hexadecimal digits of a code: 128 bits of an HMAC-SHA256.
inline constexpr std::size_t code_length = 32;

bool is_code(std::string_view text);

/// The code by which this run vouches for `sha256` as the digest of `asset`; "" without the key. It is
/// valid for this tag and commit only.
std::string code_of(const Desired& desired, const Memory& memory, const Asset& asset,
                    const Digest& sha256);

/// The digest of the asset that may be signed: this run uploaded it, or has a file with the same content,
/// or a job with the key vouches for it.
std::optional<Digest> vouched_digest(const Desired& desired, const Snapshot& snapshot,
                                     const Memory& memory, const Asset& asset);

/// Whether a job with the key, this one or another, has published its code for the digest.
bool is_told_with_code(const Desired& desired, const Memory& memory, const Asset& asset,
                       const Digest& sha256);

/// The record's entry with its code. A run without the key keeps the code of another job.
RecordEntry coded_entry(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                        const Asset& asset, const Digest& sha256);

/// Whether some job has the signing key, as shown by a code or a signature.
bool is_signed(const Snapshot& snapshot);

}  // namespace core
