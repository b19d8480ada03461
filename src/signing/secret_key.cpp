// SPDX-License-Identifier: MIT
#include "signing/secret_key.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/digest.hpp"
#include "core/error.hpp"
#include "signing/checksum.hpp"
#include "signing/key_encryption.hpp"
#include "signing/key_file.hpp"
#include "signing/primitives.hpp"
#include "signing/signature.hpp"

namespace signing {
namespace {

using core::Error;
using core::Fault;

constexpr std::string_view scrypt_algorithm = "Sc";
constexpr std::string_view no_encryption = std::string_view("\0\0", 2);
constexpr std::string_view checksum_algorithm = "B2";
constexpr std::size_t checksum_size = 32;
constexpr std::string_view code_label = "gitea-release: what jobs tell each other, 1";

/// The fields of a key file, in order.
struct Fields {
  std::string encryption;
  std::string checksum_kind;
  std::string salt;
  ScryptLimits limits;
  std::string secret;  ///< id, seed, public key and checksum, encrypted or not
};

Fields fields_of(std::string_view bytes) {
  std::size_t at = ed25519_algorithm.size();
  const auto take = [&](std::size_t size) {
    at += size;
    return std::string(bytes.substr(at - size, size));
  };
  Fields fields;
  fields.encryption = take(scrypt_algorithm.size());
  fields.checksum_kind = take(checksum_algorithm.size());
  fields.salt = take(salt_size);
  fields.limits = parse_limits(take(limits_size));
  fields.secret = take(bytes.size() - at);
  return fields;
}

/// The bytes that the checksum covers.
std::string checked_part(std::string_view id, std::string_view seed, std::string_view public_key) {
  return std::string(ed25519_algorithm).append(id).append(seed).append(public_key);
}

/// minisign leaves the checksum of a key without a password empty.
bool has_right_checksum(std::string_view found, const std::string& checked, bool encrypted) {
  if (!encrypted && found == std::string(checksum_size, '\0')) return true;
  return equal_in_secret(checksum(checked, checksum_size), found);
}

Error wrong_password() {
  return {Fault::workflow, "the password of the signing key is wrong, or the key is damaged",
          "Give the password that was typed when the key was made."};
}

Error damaged() {
  return {Fault::workflow, "the signing key is damaged: its parts do not belong together",
          "Take the file as it was when it was made."};
}

}  // namespace

SecretKey::SecretKey(std::string key_id, std::string seed)
    : seed_(std::move(seed)), public_key_(std::move(key_id), ed25519_public(seed_)) {}

SecretKey::~SecretKey() { wipe(seed_); }

SecretKey SecretKey::generate() { return {random_bytes(key_id_size), random_bytes(seed_size)}; }

SecretKey SecretKey::parse(const core::Token& text, const core::Token& password) {
  std::string bytes = key_bytes(text.secret_, KeyKind::secret_key);
  Fields fields = fields_of(bytes);
  wipe(bytes);
  const bool encrypted = fields.encryption == scrypt_algorithm;
  if (!encrypted && fields.encryption != no_encryption) throw damaged();
  if (fields.checksum_kind != checksum_algorithm) throw damaged();
  if (encrypted && password.empty()) {
    throw Error(Fault::workflow, "the signing key has a password, and none is given",
                "Give it as 'signing_password', from a secret.");
  }
  if (!encrypted && !password.empty()) {
    throw Error(Fault::workflow, "a password is given, and the signing key has none",
                "Take 'signing_password' out, or give the key that it belongs to.");
  }
  if (encrypted) {
    fields.secret = laid_over(fields.secret, password.secret_, fields.salt, fields.limits);
  }
  std::string& secret = fields.secret;
  SecretKey key(secret.substr(0, key_id_size), secret.substr(key_id_size, seed_size));
  const std::string public_part = secret.substr(key_id_size + seed_size, public_size);
  std::string checked = checked_part(key.public_key_.key_id(), key.seed_, public_part);
  const bool right =
      public_part == key.public_key_.key() &&
      has_right_checksum(secret.substr(secret.size() - checksum_size), checked, encrypted);
  wipe(checked);
  wipe(secret);
  if (!right) throw encrypted ? wrong_password() : damaged();
  return key;
}

std::string SecretKey::file(const core::Token& password) const {
  const std::string& id = public_key_.key_id();
  std::string checked = checked_part(id, seed_, public_key_.key());
  std::string secret = checked.substr(ed25519_algorithm.size()) + checksum(checked, checksum_size);
  wipe(checked);
  std::string salt(salt_size, '\0');
  ScryptLimits limits;
  if (!password.empty()) {
    salt = random_bytes(salt_size);
    limits = default_limits;
    secret = laid_over(secret, password.secret_, salt, limits);
  }
  std::string bytes = fmt::format("{}{}{}{}{}{}", ed25519_algorithm,
                                  password.empty() ? no_encryption : scrypt_algorithm,
                                  checksum_algorithm, salt, render_limits(limits), secret);
  const std::string comment =
      password.empty() ? "minisign secret key " : "minisign encrypted secret key ";
  std::string text = key_file(comment + public_key_.id(), bytes);
  wipe(secret);
  wipe(bytes);
  return text;
}

std::string SecretKey::sign(std::string_view message, std::string_view trusted_comment) const {
  Signature signature;
  signature.key_id = public_key_.key_id();
  signature.bytes = ed25519_sign(seed_, prehashed(message));
  signature.trusted_comment = trusted_comment;
  signature.global = ed25519_sign(seed_, signature.bytes + signature.trusted_comment);
  return render_signature(signature);
}

std::string SecretKey::code_of(std::string_view text) const {
  std::string key = hmac_sha256(seed_, code_label);
  const std::string code = hmac_sha256(key, text);
  wipe(key);
  return core::hexadecimal(code);
}

}  // namespace signing
