// SPDX-License-Identifier: MIT
#include "core/digest.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Algorithm;

TEST_CASE("digests match the published test vectors") {
  CHECK(core::digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(core::digest_of("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(core::digest_of("abc", Algorithm::md5) == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(core::digest_of("abc", Algorithm::sha512) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("the digest of bytes in parts is the digest of the whole") {
  core::Hash hash;
  hash.update("a");
  hash.update("");
  hash.update("bc");
  CHECK(hash.digest() == core::digest_of("abc"));
}
