// SPDX-License-Identifier: MIT
#include "core/version/build_version.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using core::from_tag;
using core::from_version;
using core::is_overtaken_by;
using core::pick_tag;
using core::Release;

namespace {

Release published(const std::string& tag) {
  Release release;
  release.tag = tag;
  return release;
}

bool overtaken(const char* tag, const Release& release) {
  return is_overtaken_by(*from_tag(tag, "git"), release);
}

}  // namespace

TEST_CASE("a tag keeps its form, and a version from a file gets a v") {
  CHECK(from_tag("app/v1.2.3", "git")->tag == "app/v1.2.3");
  CHECK(from_tag("app/v1.2.3", "git")->version.text == "1.2.3");
  CHECK(from_version("1.2.3", "pyproject.toml")->tag == "v1.2.3");
  CHECK(from_version("v1.2.3", "VERSION")->tag == "v1.2.3");
  CHECK_FALSE(from_tag("nightly", "git").has_value());
  CHECK_FALSE(from_version("", "VERSION").has_value());
}

TEST_CASE("a version is split into numbers and prerelease") {
  const auto build = from_tag("v1.2.0-rc.1+b.7", "git");
  CHECK(build->number(0) == "1");
  CHECK(build->number(1) == "2");
  CHECK(build->number(2) == "0");
  CHECK(build->prerelease() == "rc.1");
  CHECK(from_tag("v2", "git")->number(2) == "0");
  CHECK(from_tag("1.2rc1", "git")->prerelease() == "rc1");
  CHECK(from_tag("1.2.0.dev4", "git")->prerelease() == "dev4");
  CHECK(from_tag("1.2.0.post1", "git")->prerelease().empty());
  CHECK(from_tag("1.2.0+x-y", "git")->prerelease().empty());
}

TEST_CASE("of several tags of one commit the run's own is used, else the highest version") {
  CHECK(pick_tag({"latest", "v1.0.0-rc.1", "v1.0.0", "v1.0.0-rc.2"}, "") == "v1.0.0");
  CHECK(pick_tag({"v1.0.0-rc.1", "v1.0.0"}, "v1.0.0-rc.1") == "v1.0.0-rc.1");
  CHECK(pick_tag({"v1.0.0"}, "v2.0.0") == "v1.0.0");
  CHECK(pick_tag({"v9", "v10"}, "") == "v10");
  CHECK_FALSE(pick_tag({}, "v1.0.0").has_value());
  CHECK_FALSE(pick_tag({"latest", "nightly"}, "latest").has_value());
}

TEST_CASE("tags without a prefix come first, and between several prefixes nothing is guessed") {
  CHECK(pick_tag({"lib/v3.0.0", "v1.0.0"}, "") == "v1.0.0");
  CHECK(pick_tag({"lib/v1.0.0", "lib/v3.0.0"}, "") == "lib/v3.0.0");
  CHECK(pick_tag({"app/v1.0.0", "lib/v3.0.0"}, "app/v1.0.0") == "app/v1.0.0");
  CHECK_THROWS_AS(pick_tag({"app/v1.0.0", "lib/v3.0.0"}, ""), core::Error);
}

TEST_CASE("only a published, stable and higher release with the same prefix is newer") {
  CHECK(overtaken("v1.0.9", published("v2.0.0")));
  CHECK(overtaken("v1.9.0", published("1.10.0")));
  CHECK(overtaken("app/v1.0.0", published("app/v1.0.1")));
  for (const char* tag : {"v1.0.9", "v1.0.8", "v1.0.9+x", "v2.0.0-rc.1", "2.0.0rc1", "nightly",
                          "app/v2.0.0", "latest"}) {
    INFO(tag);
    CHECK_FALSE(overtaken("v1.0.9", published(tag)));
  }
  Release draft = published("v2.0.0");
  draft.draft = true;
  CHECK_FALSE(overtaken("v1.0.9", draft));
  Release marked = published("v2.0.0");
  marked.prerelease = true;
  CHECK_FALSE(overtaken("v1.0.9", marked));
}
