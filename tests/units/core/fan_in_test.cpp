// SPDX-License-Identifier: MIT
#include "core/release/fan_in.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using core::Asset;
using Names = std::vector<std::string>;

namespace {

const core::Digest digest(64, 'a');

Asset named(const std::string& name, std::uint64_t size = 0) {
  Asset asset;
  asset.id = 9;
  asset.name = name;
  asset.size = size;
  return asset;
}

}  // namespace

TEST_CASE("an entry's name is read back, and nothing else is an entry") {
  Asset asset;
  asset.id = 17;
  const std::string name = core::entry_name(asset, digest);
  CHECK(name == ".sha256.17." + digest);
  const auto entry = core::parse_entry(named(name));
  REQUIRE(entry);
  CHECK(entry->of == 17);
  CHECK(entry->sha256 == digest);
  CHECK(entry->asset.id == 9);

  CHECK_FALSE(core::parse_entry(named(name, 1)));  // somebody's file
  for (const std::string& other :
       {".sha256.17." + digest.substr(1), ".sha256.17." + digest + "a", ".sha256.017." + digest,
        ".sha256.x." + digest, ".sha256." + digest, ".sha256.17." + std::string(64, 'A'),
        std::string(".sha256."), std::string("app.tgz"), "x.sha256.17." + digest}) {
    INFO(other);
    CHECK_FALSE(core::parse_entry(named(other)));
  }
}

TEST_CASE("required_files is a pattern a line, and braces ask for all they name") {
  CHECK(core::parse_required("a-*.tgz\r\n\n  b.{zip,tar.gz}  \n") ==
        Names{"a-*.tgz", "b.zip", "b.tar.gz"});
  CHECK(core::parse_required("").empty());
  CHECK_THROWS_AS(core::parse_required("dist/*.tgz"), core::Error);
  CHECK_THROWS_AS(core::parse_required("!a"), core::Error);
  CHECK_THROWS_AS(core::parse_required("a{b"), core::Error);
}

TEST_CASE("the patterns that no name matches are named in their order") {
  CHECK(core::unmatched({"*.tgz", "*.zip", "x"}, {"a.tgz", "b.tgz"}) == Names{"*.zip", "x"});
  CHECK(core::unmatched({}, {}).empty());
  CHECK(core::is_required({"*.tgz"}, ".a.tgz"));
  CHECK_FALSE(core::is_required({"*.tgz"}, "a.tgz.sig"));
}
