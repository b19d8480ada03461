// SPDX-License-Identifier: MIT
#include "core/version/pep440.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "core/version/version.hpp"

using core::pep440;

namespace {

void check(const std::vector<std::pair<const char*, const char*>>& rows) {
  for (const auto& [tag, normal] : rows) {
    INFO(tag);
    CHECK(pep440(tag) == normal);
  }
}

}  // namespace

TEST_CASE("SemVer tags are written as Python packages write them") {
  check({{"v0.3.0-alpha.1", "0.3.0a1"},
         {"v0.3.0-rc.3", "0.3.0rc3"},
         {"v1.0.0", "1.0.0"},
         {"v0.2.0-beta.2", "0.2.0b2"},
         {"v1.0.0-rc1", "1.0.0rc1"},
         {"1.0.0+build", "1.0.0+build"},
         {"v2", "2"},
         {"1.0.0-alpha", "1.0.0a0"},
         {"V1.2.0-RC.1", "1.2.0rc1"},
         {"app/v1.2.3-rc.1", "1.2.3rc1"},
         {"@scope/pkg@2.0.0", "2.0.0"}});
}

TEST_CASE("epochs, pre-, post- and development releases get their normal form") {
  check({{"1!2.0", "1!2.0"},
         {"0!2.0", "2.0"},
         {"1.0.post1", "1.0.post1"},
         {"1.0-1", "1.0.post1"},
         {"1.0.0-1", "1.0.0.post1"},
         {"1.0.rev3", "1.0.post3"},
         {"1.0r", "1.0.post0"},
         {"1.0.dev", "1.0.dev0"},
         {"1.0.0-dev.3", "1.0.0.dev3"},
         {"1.0a1.post2.dev3", "1.0a1.post2.dev3"},
         {"1.0_preview_02", "1.0rc2"},
         {"1.0c1", "1.0rc1"},
         {"1.0pre", "1.0rc0"},
         {"2024.01.05", "2024.1.5"},
         {"00.007", "0.7"},
         {"1.2.3.4.5", "1.2.3.4.5"},
         {"99999999999999999999.1", "99999999999999999999.1"}});
}

TEST_CASE("a local version is lower-case, with dots, and its numbers without leading zeros") {
  check({{"1.0+Ubuntu-1", "1.0+ubuntu.1"},
         {"1.0+a_b.007", "1.0+a.b.7"},
         {"1.0.0-rc.1+exp.sha.5114f85", "1.0.0rc1+exp.sha.5114f85"}});
}

TEST_CASE("a version that PEP 440 cannot express is empty") {
  check({{"", ""},
         {"v", ""},
         {"nightly", ""},
         {"1.0.0-SNAPSHOT", ""},
         {"1.0.0-alpha.beta", ""},
         {"1.0.0-alpha.1.2", ""},
         {"1.0.", ""},
         {"1..0", ""},
         {"1.0+", ""},
         {"1.0+a..b", ""},
         {"1.0 0", ""},
         {"vv1.0", ""},
         {"1.0-post-dev-rc", ""}});
}

TEST_CASE("a version of any length is handled without a crash") {
  const std::string longest = "1." + std::string(253, '9');
  CHECK(pep440(longest) == longest);
  CHECK(pep440(longest + "9").empty());
  CHECK(pep440(std::string(1'000'000, '1')).empty());
}

TEST_CASE("the normal form is itself a version, and its own normal form") {
  for (const char* tag :
       {"v0.3.0-alpha.1", "1!2.0-rc.3", "1.0-1", "1.0_preview_02", "1.0+Ubuntu-1", "1.0.dev"}) {
    INFO(tag);
    CHECK(pep440(pep440(tag)) == pep440(tag));
    CHECK(core::parse_version(pep440(tag)).has_value());
  }
}

TEST_CASE("versions are accepted exactly as by PEP 440's own regular expression") {
  // Its appendix B, in lower case.
  const std::regex grammar(
      "(?:(?:[0-9]+)!)?[0-9]+(?:\\.[0-9]+)*"
      "(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?:[0-9]+)?)?"
      "(?:-(?:[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?:[0-9]+)?)?"
      "(?:[-_.]?dev[-_.]?(?:[0-9]+)?)?"
      "(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?");
  const std::vector<std::string> parts = {"07",  "1",       "00",    "!",    ".",  "-",     "_",
                                          "+",   "a",       "b",     "c",    "rc", "alpha", "beta",
                                          "pre", "preview", "post",  "rev",  "r",  "dev",   "x",
                                          "1.0", "-1",      ".post", ".dev1"};
  std::minstd_rand random(20260101);
  int versions = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = random() % 4 == 0 ? "" : "1";
    for (auto count = random() % 7; count > 0; --count) text += parts[random() % parts.size()];
    INFO(text);
    const bool is_one = std::regex_match(text, grammar);
    REQUIRE(core::read_pep440(text).has_value() == is_one);
    if (is_one) REQUIRE(!pep440(text).empty());
    if (is_one) REQUIRE(pep440(pep440(text)) == pep440(text));
    versions += is_one ? 1 : 0;
  }
  CHECK(versions > 10'000);
}
