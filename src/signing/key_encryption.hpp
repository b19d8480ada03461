// SPDX-License-Identifier: MIT
// How minisign encrypts a secret key with a password: by XOR with the output of scrypt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "signing/primitives.hpp"

namespace signing {

inline constexpr std::size_t salt_size = 32;
inline constexpr std::size_t limits_size = 16;  ///< bytes of the two numbers after the salt

/// The cost of deriving a key from a password, in libsodium's terms.
struct ScryptLimits {
  std::uint64_t operations = 0;
  std::uint64_t memory = 0;  ///< bytes
};

/// The limits that `keygen` writes: 128 MiB and a fraction of a second. `minisign -G` writes 1 GiB.
inline constexpr ScryptLimits default_limits = {1ULL << 22, 1ULL << 27};

/// The parameters that libsodium chooses for these limits (crypto_pwhash_scryptsalsa208sha256).
ScryptCost cost_of(ScryptLimits limits);

std::string render_limits(ScryptLimits limits);
/// 16 bytes.
ScryptLimits parse_limits(std::string_view bytes);

/// Encrypts, and decrypts what is encrypted. Throws Error: workflow where the limits are none that
/// minisign writes, 1 GiB at most, failed where there is too little memory.
std::string laid_over(std::string_view bytes, std::string_view password, std::string_view salt,
                      ScryptLimits limits);

}  // namespace signing
