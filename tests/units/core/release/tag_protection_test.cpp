// SPDX-License-Identifier: MIT
#include "core/release/tag_protection.hpp"

#include <catch2/catch_test_macros.hpp>
#include <ctime>

using core::forbidding_pattern;
using core::protecting_patterns;
using core::TagProtection;

namespace {

std::optional<bool> covers(const std::string& pattern, const std::string& tag) {
  core::Steps steps;
  return core::covers(pattern, tag, steps);
}

}  // namespace

TEST_CASE("a protected tag's pattern is a glob, or a regular expression between slashes") {
  CHECK(covers("v*", "v1.0.0") == true);
  CHECK(covers("v*", "v1/2") == true);
  CHECK(covers("{v,app/}*", "app/v1") == true);
  CHECK(covers("/^v[0-9]+/", "v12") == true);
  CHECK(covers("v*", "1.0.0") == false);
  CHECK(covers("release-?", "release-10") == false);
  CHECK(covers("/^v[0-9]+$/", "v1.0") == false);
  CHECK(covers("/v[0-9]/", "app/v1") == true);  // anywhere in it, as in Go
}

TEST_CASE("if a pattern cannot be read here, it is unknown whether it covers a tag") {
  for (const char* pattern : {"/(?P<x>v)/", "/(?<name>v)/", "/(?i)v/", "/[/", "{v", R"(/\Av\d\z/)",
                              R"(/\pLv/)", R"(/\Qv\E/)", R"(/\x{76}/)", "/v\\/"}) {
    INFO(pattern);
    CHECK(covers(pattern, "v1") == std::nullopt);
  }
  CHECK(covers(R"(/^v\d+\.\d+$/)", "v1.2") == true);
  CHECK(covers(R"(/^\/v\-1$/)", "/v-1") == true);
  for (const char* pattern : {"v*", "/./"}) {
    CHECK(covers(pattern, std::string(255, 'v')) == true);
    CHECK(covers(pattern, std::string(256, 'v')) == std::nullopt);
  }
  CHECK(covers(std::string(1020, '*'), "v1") == true);
  CHECK(covers(std::string(1021, '*'), "v1") == std::nullopt);
}

TEST_CASE("a pattern that takes too long is unknown, and all rules together share one time limit") {
  const std::string tag(200, 'a');
  CHECK(covers("/^(a|aa)+$b/", tag) == std::nullopt);
  CHECK(covers("/(a*)*b/", tag) == std::nullopt);
  const std::string braces = "{a,a}{a,a}{a,a}{a,a}{a,a}{a,a}{a,a}{a,a}*b";
  const std::vector<TagProtection> slow(10'000, {"/(a*)*b/", {}, false});
  const std::vector<TagProtection> many(10'000, {braces, {}, false});
  const std::vector<TagProtection> plain(200'000, {"/^w[0-9]+$/", {}, false});
  const std::clock_t begin = std::clock();
  CHECK(forbidding_pattern(slow, tag, "bob").empty());
  CHECK(forbidding_pattern(many, tag, "bob").empty());
  CHECK(forbidding_pattern(plain, tag, "bob").empty());
  CHECK(protecting_patterns(slow, tag).size() == slow.size());
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 60);  // also with sanitizers
}

TEST_CASE("rules that may cover the tag are listed; without a tag all") {
  const std::vector<TagProtection> rules = {
      {"v*", {}, false}, {"w*", {}, false}, {"/[/", {}, false}};
  CHECK(protecting_patterns(rules, "v1") == std::vector<std::string>{"v*", "/[/"});
  CHECK(protecting_patterns(rules, "").size() == 3);
}

TEST_CASE("a tag is forbidden if rules cover it and none names the user") {
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

TEST_CASE("unknown rules forbid nothing") {
  CHECK(forbidding_pattern({{"v*", {"ann"}, true}}, "v1", "carol").empty());
  CHECK(forbidding_pattern({{"v*", {"ann"}, false}}, "v1", "").empty());
  CHECK(forbidding_pattern({{"v*", {}, false}}, "v1", "") == "v*");
  CHECK(forbidding_pattern({{"v*", {"ann"}, false}, {"/[/", {}, false}}, "v1", "carol").empty());
}
