// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/token.hpp"
#include "signing/public_key.hpp"

namespace signing {

/// A secret key of minisign. Only file() reveals it.
class SecretKey {
 public:
  /// Generates a key.
  static SecretKey generate();
  /// Parses minisign's key file. `password`: needed if the key is encrypted. Throws Error (workflow).
  static SecretKey parse(const core::Token& text, const core::Token& password);

  ~SecretKey();
  SecretKey(const SecretKey&) = default;
  SecretKey(SecretKey&&) noexcept = default;
  SecretKey& operator=(const SecretKey&) = default;
  SecretKey& operator=(SecretKey&&) noexcept = default;

  const PublicKey& public_key() const { return public_key_; }

  /// The key file, encrypted if there is a password, which needs 128 MiB of memory. Throws Error
  /// (failed) if there is less.
  std::string file(const core::Token& password) const;

  /// A prehashed signature file of minisign for `message`. The same inputs give the same bytes.
  std::string sign(std::string_view message, std::string_view trusted_comment) const;

  /// A code for `text` that only holders of the key can compute: 64 hexadecimal digits of HMAC-SHA256
  /// with a key derived from this one.
  std::string code_of(std::string_view text) const;

 private:
  SecretKey(std::string key_id, std::string seed);

  std::string seed_;
  PublicKey public_key_;
};

}  // namespace signing
