// SPDX-License-Identifier: MIT
// The signature of a release: SHA256SUMS.minisig signs SHA256SUMS, which lists the digests of its files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.hpp"
#include "core/error.hpp"
#include "signing/public_key.hpp"

namespace signing {

inline constexpr const char* sums_name = "SHA256SUMS";

/// The accepted keys, and the repository that the release has to be signed for.
struct Trust {
  std::vector<PublicKey> keys;
  std::string repository;  ///< OWNER/NAME
};

/// What a signature covers.
struct SignedSums {
  std::map<std::string, core::Digest> digests;  ///< by name of the asset
  std::string sums;                             ///< the bytes of SHA256SUMS
  std::string signature;                        ///< the bytes of SHA256SUMS.minisig
};

/// Parses one or more keys or key files. Throws Error (workflow).
std::vector<PublicKey> parse_public_keys(std::string_view text);

/// Checks the signature, its trusted comment and the checksum file against each other. Throws Error
/// (failed) if they do not match.
SignedSums verified_sums(std::string sums, std::string signature, const Trust& trust,
                         const std::string& tag);

/// The Error for a release that must not be used.
core::Error not_signed(const std::string& what);

}  // namespace signing
