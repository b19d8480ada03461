// SPDX-License-Identifier: MIT
#include "core/text/base64.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

using core::from_base64;
using core::to_base64;

TEST_CASE("the test vectors of RFC 4648 are encoded and decoded") {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
  const std::string all = std::string("\0\xFF\xFE", 3);
  CHECK(from_base64(to_base64(all)) == all);
}

TEST_CASE("what the encoder would not have written is rejected") {
  for (const char* text :
       {"Zg=", "Zg", "Z", "Zh==", "Zm9=", "Zg===", "====", "=", "==", "===", "Zm9v ", " Zm9v",
        "Zm9v\n", "Zm\n9v", "Zm-v", "Z=g=", "Zg==Zg==", "Zm9vZ"}) {
    INFO("'" << text << "'");
    CHECK_FALSE(from_base64(text));
  }
}
