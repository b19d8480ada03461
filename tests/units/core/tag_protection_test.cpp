// SPDX-License-Identifier: MIT
#include "core/tag_protection.hpp"

#include <catch2/catch_test_macros.hpp>

using core::covers;
using core::forbidding_pattern;
using core::TagProtection;

TEST_CASE("whether a pattern covers a tag is not known where it cannot be read here") {
  CHECK(covers("v*", "v1") == true);
  CHECK(covers("v*", "1") == false);
  CHECK(covers("/^v[0-9]+$/", "v12") == true);
  CHECK(covers("/^v[0-9]+$/", "v1.2") == false);
  CHECK(covers("/(?P<x>v)/", "v1") == std::nullopt);  // Go's, and not ours
  CHECK(covers("/[/", "v1") == std::nullopt);
  CHECK(covers("v*", std::string(300, 'v')) == std::nullopt);
}

TEST_CASE("a tag is forbidden to whom no rule that covers it names") {
  const std::vector<TagProtection> rules = {{"v*", {"Ann", "bob"}, false}};
  CHECK(forbidding_pattern(rules, "v1", "carol") == "v*");
  CHECK(forbidding_pattern(rules, "v1", "ann").empty());
  CHECK(forbidding_pattern(rules, "v1", "BOB").empty());
  CHECK(forbidding_pattern(rules, "1.0", "carol").empty());
  CHECK(forbidding_pattern({}, "v1", "carol").empty());
}

TEST_CASE("one rule that names the user is enough") {
  const std::vector<TagProtection> rules = {{"v*", {"ann"}, false}, {"v1*", {"bob"}, false}};
  CHECK(forbidding_pattern(rules, "v1", "bob").empty());
  CHECK(forbidding_pattern(rules, "v1", "ann").empty());
  CHECK(forbidding_pattern(rules, "v2", "bob") == "v*");
}

TEST_CASE("what nobody can tell from here forbids nothing") {
  CHECK(forbidding_pattern({{"v*", {"ann"}, true}}, "v1", "carol").empty());
  CHECK(forbidding_pattern({{"v*", {"ann"}, false}}, "v1", "").empty());
  CHECK(forbidding_pattern({{"v*", {}, false}}, "v1", "") == "v*");
  CHECK(forbidding_pattern({{"v*", {"ann"}, false}, {"/[/", {}, false}}, "v1", "carol").empty());
}
