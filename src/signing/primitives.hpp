// SPDX-License-Identifier: MIT
// The cryptographic functions that minisign's formats need, by OpenSSL; bytes are strings. Throws
// std::runtime_error if OpenSSL fails, which no input can cause.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signing {

inline constexpr std::size_t seed_size = 32;  ///< of Ed25519's secret keys (RFC 8032)
inline constexpr std::size_t public_size = 32;
inline constexpr std::size_t signature_size = 64;

std::string ed25519_public(std::string_view seed);
std::string ed25519_sign(std::string_view seed, std::string_view message);
/// Also false if one of them has the wrong length.
bool ed25519_verifies(std::string_view public_key, std::string_view message,
                      std::string_view signature);

std::string blake2b_512(std::string_view bytes);

std::string hmac_sha256(std::string_view key, std::string_view text);

/// RFC 7914. Needs 128 * r * n bytes of memory.
struct ScryptCost {
  std::uint64_t n = 0;
  std::uint64_t r = 0;
  std::uint64_t p = 0;
};

/// nullopt if there is not enough memory.
std::optional<std::string> scrypt(std::string_view password, std::string_view salt, ScryptCost cost,
                                  std::size_t length);

std::string random_bytes(std::size_t count);

/// Compares in constant time.
bool equal_in_secret(std::string_view a, std::string_view b);

/// Overwrites the bytes, so that they do not stay in memory, and clears the string.
void wipe(std::string& secret);

}  // namespace signing
