// SPDX-License-Identifier: MIT
#include "digest.hpp"

#include <openssl/evp.h>

#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>
#include <vector>

namespace sandbox {

namespace {

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    out += digits[bytes[i] >> 4U];
    out += digits[bytes[i] & 15U];
  }
  return out;
}

class Digest {
 public:
  explicit Digest(const char* algorithm) : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    const EVP_MD* method = EVP_get_digestbyname(algorithm);
    if (method == nullptr || EVP_DigestInit_ex(context_.get(), method, nullptr) != 1) {
      throw std::runtime_error(std::string("no digest named ") + algorithm);
    }
  }

  void add(const char* data, std::size_t size) { EVP_DigestUpdate(context_.get(), data, size); }

  std::string finish() {
    unsigned char bytes[EVP_MAX_MD_SIZE] = {};
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes, &size);
    return hex(bytes, size);
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string digest_of(std::string_view text, const char* algorithm) {
  Digest digest(algorithm);
  digest.add(text.data(), text.size());
  return digest.finish();
}

std::string digest_of_file(const std::filesystem::path& file, const char* algorithm) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  Digest digest(algorithm);
  std::vector<char> block(std::size_t{256} * 1024);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    digest.add(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  return digest.finish();
}

std::string random_hex(std::size_t bytes) {
  thread_local std::mt19937_64 source{std::random_device{}()};
  std::vector<unsigned char> out(bytes);
  for (auto& byte : out) byte = static_cast<unsigned char>(source() & 0xFFU);
  return hex(out.data(), out.size());
}

std::string random_uuid() {
  std::string text = random_hex(16);
  text[12] = '4';
  text[16] = "89ab"[static_cast<unsigned>(text[16]) & 3U];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace sandbox
