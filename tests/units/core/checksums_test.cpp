// SPDX-License-Identifier: MIT
#include "core/checksums.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using core::Algorithm;
using core::parse_algorithms;
using Algorithms = std::vector<Algorithm>;

TEST_CASE("checksums are words between commas, blanks or line ends, each once") {
  CHECK(parse_algorithms("").empty());
  CHECK(parse_algorithms("sha256") == Algorithms{Algorithm::sha256});
  CHECK(parse_algorithms(" SHA512,sha256\r\nmd5 sha256") ==
        Algorithms{Algorithm::sha512, Algorithm::sha256, Algorithm::md5});
  CHECK_THROWS_AS(parse_algorithms("sha1"), core::Error);
}

TEST_CASE("the files have the names that people know") {
  CHECK(core::sums_name(Algorithm::sha256) == "SHA256SUMS");
  CHECK(core::sums_name(Algorithm::sha512) == "SHA512SUMS");
  CHECK(core::sums_name(Algorithm::md5) == "MD5SUMS");
  CHECK(core::is_sums_name("MD5SUMS"));
  CHECK_FALSE(core::is_sums_name("sha256sums"));
}

TEST_CASE("a line has the digest, two blanks and the name, escaped as coreutils does") {
  CHECK(core::render_sums({{"b", "22"}, {"a b", "11"}, {"c\\d", "33"}}) ==
        "11  a b\n22  b\n\\33  c\\\\d\n");
  CHECK(core::render_sums({}).empty());
}
