// SPDX-License-Identifier: MIT
#include "core/version.hpp"

#include <catch2/catch_test_macros.hpp>

using core::is_prerelease;

TEST_CASE("SemVer prereleases are prereleases") {
  for (const char* tag : {"v1.2.0-rc.1", "1.2.0-alpha", "1.0.0-0.3.7", "1.0.0-x.7.z.92",
                          "1.0.0-x-y-z.--", "1.2.3-SNAPSHOT", "1.2.3-1",
                          "2.0.0-beta+exp.sha.5114f85", "1.0.0-a.b", "v10.20.30-rc.1.2"}) {
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

TEST_CASE("stable versions, post releases and build metadata are none") {
  for (const char* tag :
       {"v1.2.3", "1.2.3", "1", "1.2", "2024.01.15", "1.2.3+rc1", "1.2.3+build.5-a", "1.2.0.post1",
        "1.2.0.post1+x", "1.2-r3", "1!2.0", "1.2.3.4", "0.0.0"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}

TEST_CASE("the version starts after the last slash or at sign and a v in either case") {
  CHECK(is_prerelease("app/v1.2.3-rc.1"));
  CHECK(is_prerelease("@scope/pkg@1.0.0-beta.2"));
  CHECK(is_prerelease("a/b/2.0rc1"));
  CHECK(is_prerelease("V1.2.0-RC1"));
  CHECK_FALSE(is_prerelease("1.0.0-rc.1/v1.0.0"));
  CHECK_FALSE(is_prerelease("rc@1.0.0"));
}

TEST_CASE("what is no version is no prerelease") {
  for (const char* tag : {"", "v", "nightly", "latest", "alpha", "rc1", "beta-1", "vv1.0.0-rc.1",
                          "release-1.2.3-rc1", "a/", "@", "-rc.1", ".1rc1", "v-1.0.0"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}

TEST_CASE("a suffix that neither scheme allows makes no prerelease") {
  for (const char* tag :
       {"1.2.3-", "1.0.0-a..b", "1.0.0-.a", "1.0.0-a.", "1.2.3-ä", "1.2-foo", "1.2.3.4-foo",
        "1.2.3foo", "1.2.3rcx", "1.2.3.", "1..2rc1", "1.2.3-a_b"}) {
    INFO(tag);
    CHECK_FALSE(is_prerelease(tag));
  }
}
