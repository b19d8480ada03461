// SPDX-License-Identifier: MIT
#include "core/release/asset_name.hpp"

#include <catch2/catch_test_macros.hpp>

using core::fault_of_asset_name;
using core::is_own_asset_name;

TEST_CASE("for a name that no asset may have, the reason is given") {
  CHECK(fault_of_asset_name("").find("empty") != std::string::npos);
  for (const std::string& name : {std::string("a/b"), std::string("."), std::string(".."),
                                  std::string("a\tb"), std::string("a\x7f"), std::string("\xff"),
                                  std::string(256, 'x'), std::string(" a"), std::string("a ")}) {
    INFO(name);
    CHECK_FALSE(fault_of_asset_name(name).empty());
  }
  for (const std::string& name : {std::string("a"), std::string(255, 'x'), std::string("ä ö"),
                                  std::string(".env"), std::string("...")}) {
    INFO(name);
    CHECK(fault_of_asset_name(name).empty());
  }
}

TEST_CASE("names of the action's own files are recognized, and only those") {
  const std::string digest(64, 'a');
  for (const std::string& name :
       {".sha256.50." + digest, ".sha256.1." + digest + ".app.zip", ".sha256.1." + digest + ".",
        ".sha256.1." + digest + "-" + std::string(32, 'a') + ".app.zip", ".sha256.007." + digest,
        ".sha256.1." + std::string(64, 'F')}) {
    INFO(name);
    CHECK(is_own_asset_name(name));
    CHECK_FALSE(fault_of_asset_name(name).empty());
  }
  for (const std::string& name :
       {std::string(), std::string(".sha256"), std::string(".sha256."), ".sha256.." + digest,
        ".sha256.x." + digest, ".sha256.1." + digest + "0", ".sha256.1." + digest.substr(1),
        "sha256.1." + digest, ".sha256.1." + digest.substr(1) + "g", ".sha256.1" + digest,
        ".sha256.1." + digest + "-x"}) {
    INFO(name);
    CHECK_FALSE(is_own_asset_name(name));
  }
}
