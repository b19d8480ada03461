// SPDX-License-Identifier: MIT
// Digests of bytes, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace core {

enum class Algorithm { sha256, sha512, md5 };

/// Lower-case hexadecimal digits: 64 for SHA-256.
using Digest = std::string;

class Hash {
 public:
  explicit Hash(Algorithm algorithm = Algorithm::sha256);
  void update(std::string_view bytes);
  Digest digest();  ///< call it once

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// Whether this is a valid Digest of the algorithm.
bool is_digest(std::string_view text, Algorithm algorithm);

/// Two lower-case hexadecimal digits for each byte.
std::string hexadecimal(std::string_view bytes);

Digest digest_of(std::string_view bytes, Algorithm algorithm = Algorithm::sha256);

}  // namespace core
