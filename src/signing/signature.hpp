// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "signing/public_key.hpp"

namespace signing {

/// Maximum bytes of a signature file.
inline constexpr std::size_t max_signature_file = 4096;

/// A signature file of minisign. Only prehashed signatures are accepted (`ED`: Ed25519 over
/// BLAKE2b-512).
struct Signature {
  std::string key_id;           ///< 8 bytes
  std::string bytes;            ///< 64, the signature of the digest of the message
  std::string trusted_comment;  ///< one line
  std::string global;           ///< 64, the signature of `bytes` and the comment
};

/// Throws Error (failed) if the file deviates from the format in any byte.
Signature parse_signature(std::string_view file);

/// The signature file, with a comment that names the key.
std::string render_signature(const Signature& signature);

/// The digest of the message that is signed.
std::string prehashed(std::string_view message);

/// Verifies the signature file with the key that it names and returns its trusted comment. Throws Error
/// (failed).
std::string verified_comment(std::string_view message, std::string_view signature_file,
                             const std::vector<PublicKey>& keys);

}  // namespace signing
