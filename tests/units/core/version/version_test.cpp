// SPDX-License-Identifier: MIT
#include "core/version/version.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using core::is_prerelease;

TEST_CASE("SemVer prereleases are prereleases") {
  for (const char* tag :
       {"v1.2.0-rc.1", "1.2.0-alpha", "1.0.0-0.3.7", "1.0.0-x.7.z.92", "1.0.0-x-y-z.--",
        "1.2.3-SNAPSHOT", "1.2.3-1", "2.0.0-beta+exp.sha.5114f85", "1.0.0-a.b", "v10.20.30-rc.1.2",
        "1.2.0-r3"}) {
    INFO(tag);
    CHECK(is_prerelease(tag));
  }
}

TEST_CASE("PEP 440 prereleases are prereleases, in all their spellings") {
  for (const char* tag :
       {"1.2.0rc1", "1.2a1", "1.2b2", "1.2c3", "1.2.0.dev1", "1.2.0a1.dev3", "1.2-beta",
        "1.2.0_rc_1", "1.2.0.rc1", "1.2.0alpha", "1.2.0-preview-3", "1.2.0pre", "1!2.0rc1",
        "1.2.3.4rc1", "2024.1b1", "1.0.post1.dev2", "1.2.0rc1+local.5", "1.2.0-dev"}) {
    INFO(tag);
    CHECK(is_prerelease(tag));
  }
}

TEST_CASE("stable versions, post releases and build metadata are not prereleases") {
  for (const char* tag :
       {"v1.2.3", "1.2.3", "1", "1.2", "2024.01.15", "1.2.3+rc1", "1.2.3+build.5-a", "1.2.0.post1",
        "1.2.0.post1+x", "1.2-r3", "2026.01.05-1", "1.2.0-post.1", "1!2.0", "1.2.3.4", "0.0.0"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}

TEST_CASE("the version begins after its prefix and a v in either case") {
  CHECK(is_prerelease("release-1.2.3-rc1"));
  CHECK(is_prerelease("app/v1.2.3-rc.1"));
  CHECK(is_prerelease("@scope/pkg@1.0.0-beta.2"));
  CHECK(is_prerelease("a/b/2.0rc1"));
  CHECK(is_prerelease("V1.2.0-RC1"));
  CHECK_FALSE(is_prerelease("1.0.0-rc.1/v1.0.0"));
  CHECK_FALSE(is_prerelease("rc@1.0.0"));
}

TEST_CASE("a tag without a version is not a prerelease") {
  for (const char* tag : {"", "v", "nightly", "latest", "alpha", "rc1", "beta-1", "vv1.0.0-rc.1",
                          "a/", "@", "-rc.1", ".1rc1", "v-1.0.0"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}

TEST_CASE("a suffix that neither scheme allows makes no prerelease") {
  for (const char* tag : {"1.2.3-", "1.0.0-a..b", "1.0.0-.a", "1.2.3-ä", "1.2-foo", "1.2.3.4-foo",
                          "1.2.3foo", "1.2.3rcx", "1.2.3.", "1..2rc1", "1.2.3-a_b"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}

namespace {

core::Version version(const char* tag) {
  INFO(tag);
  const auto parsed = core::parse_version(tag);
  REQUIRE(parsed);
  return *parsed;
}

/// Each is older than all that follow it, and only than those.
void check_order(const std::vector<const char*>& tags) {
  for (std::size_t i = 0; i < tags.size(); ++i) {
    for (std::size_t j = 0; j < tags.size(); ++j) {
      INFO(tags[i] << " and " << tags[j]);
      CHECK(((version(tags[i]) <=> version(tags[j])) < 0) == (i < j));
      CHECK((version(tags[i]) == version(tags[j])) == (i == j));
    }
  }
}

}  // namespace

TEST_CASE("versions are ordered as SemVer says") {
  check_order({"0.0.1",
               "0.9.9",
               "0.10.0",
               "1.0.0-0",
               "1.0.0-9",
               "1.0.0-10",
               "1.0.0-alpha",
               "1.0.0-alpha.1",
               "1.0.0-alpha.beta",
               "1.0.0-beta",
               "1.0.0-beta.2",
               "1.0.0-beta.11",
               "1.0.0-rc.1",
               "1.0.0",
               "1.0.1",
               "1.1.0",
               "1.9.0",
               "1.10.0",
               "2.0.0-x.y",
               "2.0.0-x-y",
               "2.0.0",
               "10.0.0",
               "20240115123456789012345.0.0"});
}

TEST_CASE("a number after a word counts as a number: rc10 comes after rc9") {
  check_order({"1.0.0-M1", "1.0.0-M9", "1.0.0-M10", "1.0.0-rc1", "1.0.0-rc9", "1.0.0-rc10"});
}

TEST_CASE("versions that only PEP 440 allows are ordered as it says") {
  check_order({"1.0.dev1", "1.0.dev2", "1.0a1.dev3", "1.0a1", "1.0a1.post1", "1.0a2", "1.0b1",
               "1.0rc1", "1.0rc2", "1.0rc10", "1.0", "1.0.post1.dev2", "1.0.post1", "1.0.post2",
               "1.0.1", "1!0.1"});
}

TEST_CASE(
    "trailing zeros, build metadata, the spelling of a prerelease and a v make no difference") {
  CHECK(version("1.2") == version("v1.2.0"));
  CHECK(version("1") == version("1.0.0"));
  CHECK(version("1.2.0+a") == version("1.2.0+b"));
  CHECK(version("1.2.0-rc.1") == version("1.2.0rc1"));
  CHECK(version("1.2.0-rc1") == version("1.2.0.rc1"));
  CHECK(version("1.2.0-alpha.3") == version("1.2.0a3"));
  CHECK(version("1.2.0-beta.3") == version("1.2.0b3"));
  CHECK(version("1.2.0c3") == version("1.2.0rc3"));
  CHECK(version("2024.01.15") == version("2024.1.15"));
  CHECK(version("V1.2.0-RC1") == version("v1.2.0-rc1"));
  CHECK(version("app/v1.2.0") == version("1.2.0"));
}

TEST_CASE("a version keeps its original spelling") {
  CHECK(version("app/v1.02.0-RC.1+x").text == "1.02.0-RC.1+x");
  CHECK(version("@scope/pkg@1.0.0").text == "1.0.0");
  CHECK(version("v1.02.0-rc1").numbers == std::vector<std::string>{"1", "2", "0"});
  CHECK(version("v1.2.0-rc1.x").prerelease == std::vector<std::string>{"rc", "1", "x"});
  CHECK(version("1!1.2.post3.dev").epoch == "1");
  CHECK(version("1.2.post3.dev").post == "3");
  CHECK(version("1.2.post3.dev").dev == "0");
}

TEST_CASE("the prefix of a tag is the text before its version") {
  CHECK(core::version_prefix("widget-v1.2.0") == "widget-");
  CHECK(core::version_prefix("v1.2.0").empty());
  CHECK(core::version_prefix("app/v1.2.0") == "app/");
  CHECK(core::version_prefix("@scope/pkg@1.0.0") == "@scope/pkg@");
  CHECK(core::version_prefix("a/b/") == "a/b/");
}

TEST_CASE("a text without a version is not parsed") {
  for (const char* tag : {"", "v", "nightly", "vv1.0.0", "1.2.3foo", "1.2.3-", "1.0.0-a..b",
                          "1.2-foo", "1.2.3.", "a/", ".1", "1!", "!1"}) {
    INFO(tag);
    CHECK_FALSE(core::parse_version(tag));
  }
}

TEST_CASE("only a version can be higher than another") {
  CHECK(core::is_higher("1.10.0", "1.9.0"));
  CHECK(core::is_higher("v1.0.0", "1.0.0-rc.1"));
  CHECK_FALSE(core::is_higher("1.0", "1.0.0"));
  CHECK_FALSE(core::is_higher("1.0.0", "?"));
  CHECK_FALSE(core::is_higher("nightly", "1.0.0"));
  CHECK_FALSE(core::is_higher("1.0.0", ""));
}
