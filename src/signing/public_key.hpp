// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace signing {

/// A public key of minisign.
class PublicKey {
 public:
  /// Parses a key file, or its second line ("RW…"). Throws Error (workflow).
  static PublicKey parse(std::string_view text);

  /// `key_id` has 8 bytes, `key` has 32.
  PublicKey(std::string key_id, std::string key);

  std::string text() const;  ///< "RW…", as `minisign -P` takes it
  std::string file() const;  ///< the key file
  std::string id() const;    ///< as minisign prints it: up to 16 hexadecimal digits

  const std::string& key_id() const { return key_id_; }
  const std::string& key() const { return key_; }
  bool operator==(const PublicKey&) const = default;

 private:
  std::string key_id_;
  std::string key_;
};

}  // namespace signing
