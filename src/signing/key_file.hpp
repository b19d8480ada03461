// SPDX-License-Identifier: MIT
// The common format of minisign's key files: an untrusted comment and a line of Base64.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace signing {

inline constexpr std::size_t key_id_size = 8;
inline constexpr std::string_view ed25519_algorithm = "Ed";
inline constexpr std::string_view comment_opening = "untrusted comment: ";

/// A key id of 8 bytes as minisign prints it: as a little-endian number in hexadecimal, without leading
/// zeros.
std::string printed_key_id(std::string_view id);

/// The kind of a key.
enum class KeyKind { public_key, secret_key };

/// Parses a whole key file, or its second line alone, and returns the bytes. Throws Error (workflow),
/// which never shows the text, because it may be a secret.
std::string key_bytes(std::string_view text, KeyKind kind);

/// The key file: "untrusted comment: COMMENT" and the bytes.
std::string key_file(std::string_view comment, std::string_view bytes);

inline constexpr std::size_t public_key_size = 42;
inline constexpr std::size_t secret_key_size = 158;

}  // namespace signing
