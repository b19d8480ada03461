// SPDX-License-Identifier: MIT
#include "signing/public_key.hpp"

#include <utility>

#include "core/text/base64.hpp"
#include "signing/key_file.hpp"

namespace signing {

PublicKey PublicKey::parse(std::string_view text) {
  const std::string bytes = key_bytes(text, KeyKind::public_key);
  const std::size_t id_begin = ed25519_algorithm.size();
  return {bytes.substr(id_begin, key_id_size), bytes.substr(id_begin + key_id_size)};
}

PublicKey::PublicKey(std::string key_id, std::string key)
    : key_id_(std::move(key_id)), key_(std::move(key)) {}

std::string PublicKey::text() const {
  return core::to_base64(std::string(ed25519_algorithm) + key_id_ + key_);
}

std::string PublicKey::file() const {
  return key_file("minisign public key " + id(), std::string(ed25519_algorithm) + key_id_ + key_);
}

std::string PublicKey::id() const { return printed_key_id(key_id_); }

}  // namespace signing
