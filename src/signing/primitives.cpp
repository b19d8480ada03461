// SPDX-License-Identifier: MIT
#include "signing/primitives.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace signing {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL cannot do this: ") + what);
}

Key private_key(std::string_view seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, data(seed), seed.size()));
  require(key != nullptr, "import a secret key of Ed25519");
  return key;
}

}  // namespace

std::string ed25519_public(std::string_view seed) {
  const Key key = private_key(seed);
  std::string result(public_size, '\0');
  std::size_t length = result.size();
  require(
      EVP_PKEY_get_raw_public_key(key.get(), data(result), &length) == 1 && length == result.size(),
      "tell a public key of Ed25519");
  return result;
}

std::string ed25519_sign(std::string_view seed, std::string_view message) {
  const Key key = private_key(seed);
  const Context context(EVP_MD_CTX_new());
  std::string signature(signature_size, '\0');
  std::size_t length = signature.size();
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
              EVP_DigestSign(context.get(), data(signature), &length, data(message),
                             message.size()) == 1 &&
              length == signature.size(),
          "sign with Ed25519");
  return signature;
}

bool ed25519_verifies(std::string_view public_key, std::string_view message,
                      std::string_view signature) {
  if (public_key.size() != public_size || signature.size() != signature_size) return false;
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data(public_key), public_key.size()));
  const Context context(EVP_MD_CTX_new());
  const bool verifies =
      key != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), data(signature), signature.size(), data(message),
                       message.size()) == 1;
  if (!verifies) ERR_clear_error();  // otherwise the next caller of OpenSSL sees it
  return verifies;
}

std::string blake2b_512(std::string_view bytes) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  require(EVP_Digest(bytes.data(), bytes.size(), data(digest), &length, EVP_blake2b512(),
                     nullptr) == 1 &&
              length == digest.size(),
          "make a BLAKE2b-512");
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string code(EVP_MAX_MD_SIZE, '\0');
  std::size_t length = 0;
  require(EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(), data(text),
                    text.size(), data(code), code.size(), &length) != nullptr,
          "HMAC");
  code.resize(length);
  return code;
}

std::optional<std::string> scrypt(std::string_view password, std::string_view salt, ScryptCost cost,
                                  std::size_t length) {
  constexpr std::uint64_t blocks = 128;  // bytes of each
  constexpr std::uint64_t little = 1 << 20;
  const std::uint64_t memory = blocks * cost.r * (cost.n + cost.p) + little;
  std::string key(length, '\0');
  if (EVP_PBE_scrypt(password.data(), password.size(), data(salt), salt.size(), cost.n, cost.r,
                     cost.p, memory, data(key), key.size()) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  return key;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require(RAND_priv_bytes(data(bytes), static_cast<int>(count)) == 1, "make random numbers");
  return bytes;
}

bool equal_in_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace signing
