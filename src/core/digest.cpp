// SPDX-License-Identifier: MIT
#include "core/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace core {
namespace {

const EVP_MD* method_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::sha512:
      return EVP_sha512();
    case Algorithm::md5:
      return EVP_md5();
    case Algorithm::sha256:
      break;
  }
  return EVP_sha256();
}

}  // namespace

void Hash::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Hash::Hash(Algorithm algorithm) : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), method_of(algorithm), nullptr);
}

void Hash::update(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

Digest Hash::digest() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_.get(), bytes.data(), &length);
  return hexadecimal({reinterpret_cast<const char*>(bytes.data()), length});
}

std::string hexadecimal(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

bool is_digest(std::string_view text, Algorithm algorithm) {
  const std::size_t length = algorithm == Algorithm::sha512   ? 128
                             : algorithm == Algorithm::sha256 ? 64
                                                              : 32;
  return text.size() == length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Digest digest_of(std::string_view bytes, Algorithm algorithm) {
  Hash hash(algorithm);
  hash.update(bytes);
  return hash.digest();
}

}  // namespace core
