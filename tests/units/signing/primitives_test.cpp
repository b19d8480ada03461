// SPDX-License-Identifier: MIT
#include "signing/primitives.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "bytes.hpp"
#include "signing/checksum.hpp"

namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

/// RFC 8032, section 7.1: tests 1, 2 and 3.
const std::vector<Vector> vectors = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46b"
     "d25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c"
     "387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "659"
     "4a7c15e9716ed28dc027beceea1ec40a"},
};

}  // namespace

TEST_CASE("Ed25519 gives the keys and signatures of RFC 8032") {
  for (const Vector& vector : vectors) {
    INFO(vector.seed);
    const std::string seed = from_hex(vector.seed);
    const std::string message = from_hex(vector.message);
    const std::string signature = from_hex(vector.signature);
    CHECK(signing::ed25519_public(seed) == from_hex(vector.public_key));
    CHECK(signing::ed25519_sign(seed, message) == signature);
    CHECK(signing::ed25519_verifies(from_hex(vector.public_key), message, signature));
  }
}

TEST_CASE("a signature with any bit flipped is invalid") {
  const std::string key = from_hex(vectors[2].public_key);
  const std::string signature = from_hex(vectors[2].signature);
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    std::string broken = signature;
    broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
    CHECK_FALSE(signing::ed25519_verifies(key, from_hex("af82"), broken));
  }
  CHECK_FALSE(signing::ed25519_verifies(key, from_hex("af83"), signature));
  CHECK_FALSE(signing::ed25519_verifies(key, from_hex("af82"), signature.substr(1)));
  CHECK_FALSE(signing::ed25519_verifies(key.substr(1), from_hex("af82"), signature));
}

TEST_CASE("scrypt and HMAC-SHA256 match their RFCs") {
  CHECK(signing::scrypt("password", "NaCl", {1024, 8, 16}, 64) ==
        from_hex(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109"
            "279d9830dac727afb94a83ee6d8360cbdfa2cc0640"));  // RFC 7914, section 12
  CHECK(signing::hmac_sha256("Jefe", "what do ya want for nothing?") ==
        from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));  // RFC 4231
}

TEST_CASE("the checksum of key files is BLAKE2b") {
  SECTION("64 bytes match OpenSSL's, whatever the length of the text") {
    std::string text;
    for (int i = 0; i < 400; ++i) {
      INFO(i);
      CHECK(signing::checksum(text, 64) == signing::blake2b_512(text));
      text += static_cast<char>(i * 7);
    }
  }
  SECTION("32 bytes are a different hash") {
    CHECK(signing::checksum("abc", 32) ==
          from_hex("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
  }
}

TEST_CASE("random bytes differ each time") {
  CHECK(signing::random_bytes(32) != signing::random_bytes(32));
  CHECK(signing::random_bytes(32).size() == 32);
}
