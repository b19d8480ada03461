// SPDX-License-Identifier: MIT
// Digests of bytes, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace core {

enum class Algorithm { sha256, sha512, md5 };

/// In hexadecimal, lower case: 64 characters of a SHA-256.
using Digest = std::string;

class Hash {
 public:
  explicit Hash(Algorithm algorithm = Algorithm::sha256);
  void update(std::string_view bytes);
  Digest digest();  ///< once

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// Whether this is a Digest of that kind, to the letter.
bool is_digest(std::string_view text, Algorithm algorithm);

Digest digest_of(std::string_view bytes, Algorithm algorithm = Algorithm::sha256);

}  // namespace core
