// SPDX-License-Identifier: MIT
#include "core/version/tags.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "core/version/version.hpp"

namespace {

/// The name of the tag before `tag`; "" if there is none.
std::string before(const std::string& tag, const std::vector<std::string>& names) {
  std::vector<core::Tag> tags;
  for (const std::string& name : names) {
    tags.push_back({name, "commit of " + name});
    tags.back().created = std::chrono::sys_seconds(std::chrono::hours(tags.size()));
  }
  const auto found = core::previous_tag(tag, "commit of " + tag, tags);
  if (!found) return {};
  CHECK(found->tag.commit == "commit of " + found->tag.name);
  CHECK(found->is_by_date == !core::parse_version(tag));
  return found->tag.name;
}

}  // namespace

TEST_CASE("the previous tag is the highest lower version, whatever the order of the tags") {
  CHECK(before("v1.10.0", {"v1.2.0", "v1.9.0", "v1.10.0", "v1.1.0"}) == "v1.9.0");
  CHECK(before("v1.2.0", {"v2.0.0", "v1.1.9", "v1.1.10"}) == "v1.1.10");
  CHECK(before("v2.0.0", {"v1.9.9", "v2.0.1", "v0.1"}) == "v1.9.9");
}

TEST_CASE("a fix of an old version follows that one, not the newest") {
  CHECK(before("v1.1.5", {"v2.0.0", "v1.2.0", "v1.1.4"}) == "v1.1.4");
}

TEST_CASE("a stable version follows the last stable one") {
  CHECK(before("v1.2.0", {"v1.2.0-rc.1", "v1.2.0-rc.2", "v1.1.0"}) == "v1.1.0");
  CHECK(before("1.2.0", {"1.2.0rc1", "1.2.0.dev1", "1.1.0"}) == "1.1.0");
}

TEST_CASE("a prerelease follows the last prerelease or stable version") {
  CHECK(before("v1.2.0-rc.2", {"v1.2.0-rc.1", "v1.1.0", "v1.2.0"}) == "v1.2.0-rc.1");
  CHECK(before("v1.2.0-rc.10", {"v1.2.0-rc.9", "v1.2.0-beta.11"}) == "v1.2.0-rc.9");
  CHECK(before("v1.2.0-alpha.1", {"v1.1.0", "v1.1.0-rc.9"}) == "v1.1.0");
}

TEST_CASE("only tags with the same prefix are compared") {
  const std::vector<std::string> tags = {"v9.0.0",           "app/v1.1.0",     "app/v1.0.0",
                                         "lib/v1.1.5",       "@scope/a@1.0.0", "@scope/b@1.0.9",
                                         "nested/app/v1.1.9"};
  CHECK(before("app/v1.2.0", tags) == "app/v1.1.0");
  CHECK(before("lib/v1.1.5", tags).empty());
  CHECK(before("@scope/a@1.1.0", tags) == "@scope/a@1.0.0");
  CHECK(before("v10.0.0", tags) == "v9.0.0");
}

TEST_CASE("a first version has no previous one") {
  CHECK(before("v1.0.0", {}).empty());
  CHECK(before("v1.0.0", {"v1.0.0"}).empty());
  CHECK(before("v1.0.0", {"v1.0.0", "v1.0", "v2.0.0", "nightly", "v1.0.0-rc.1"}).empty());
}

TEST_CASE("versions are compared within a prefix of any form") {
  const std::vector<std::string> tags = {"widget-1.1.0", "widget-1.0.9", "gadget-v9.0.0", "v1.1.9",
                                         "release-1.2",  "core-v1.9",    "x_v1",          "x-1_1_0",
                                         "pkg@1.1.5",    "pkg/v1.1",     "REL_15_2",      "go1.19"};
  CHECK(before("widget-1.2.0", tags) == "widget-1.1.0");
  CHECK(before("release-1.3", tags) == "release-1.2");
  CHECK(before("core-v2.0", tags) == "core-v1.9");
  CHECK(before("x_v2", tags) == "x_v1");
  CHECK(before("x-1_2_0", tags) == "x-1_1_0");
  CHECK(before("pkg@1.2.0", tags) == "pkg@1.1.5");
  CHECK(before("pkg/v1.2.0", tags) == "pkg/v1.1");
  CHECK(before("REL_15_3", tags) == "REL_15_2");
  CHECK(before("go1.20", tags) == "go1.19");
  CHECK(before("v1.2.0", tags) == "v1.1.9");
  CHECK(before("pkg-1.2.0", tags).empty());
}

TEST_CASE("words for stable versions, and numbers after words, are ordered correctly") {
  CHECK(before("4.1.93.Final", {"4.1.92.Final", "4.1.93.CR1", "4.1.93.Beta2"}) == "4.1.92.Final");
  CHECK(before("v4.1-stable", {"v4.0-stable", "v4.1-rc2", "v4.1-beta10"}) == "v4.0-stable");
  CHECK(before("v2.0.0-beta-10", {"v2.0.0-beta-9", "v2.0.0-beta-8"}) == "v2.0.0-beta-9");
  CHECK(before("2026.01.05-2", {"2026.01.05-1", "2026.01.05", "2026.01.04-9"}) == "2026.01.05-1");
  CHECK(before("2026-02-01", {"2026-01-31", "2025-12-31"}) == "2026-01-31");
  CHECK(before("1.2.3.SP2", {"1.2.3.Final", "1.2.3.SP1"}) == "1.2.3.SP1");
}

TEST_CASE("a tag without a version follows the last tag that was created before it") {
  CHECK(before("nightly", {"v1.1.0", "v1.0.9", "nightly", "v1.2.0"}) == "v1.0.9");
  CHECK(before("nightly", {"v1.0.0", "v1.1.0-rc.1", "latest"}) == "latest");
  CHECK(before("nightly", {"nightly", "latest"}).empty());
  CHECK(before("nightly", {}).empty());
}

TEST_CASE("a tag without a version never follows a tag with another prefix") {
  const std::vector<std::string> tags = {"v1.0.0", "app-1.0.0", "lib/v2.0.0", "go1.20", "lib/edge"};
  CHECK(before("nightly", tags) == "v1.0.0");
  CHECK(before("app-nightly", tags) == "app-1.0.0");
  CHECK(before("lib/nightly", tags) == "lib/edge");
  CHECK(before("other/nightly", tags).empty());
  CHECK(before("google", tags) == "v1.0.0");
}

TEST_CASE("a tag without a version does not follow a tag of its own commit") {
  std::vector<core::Tag> tags = {{"v1.0.0", "a"}, {"v1.1.0", "b"}, {"latest", "b"}};
  CHECK(core::previous_tag("latest", "b", tags)->tag.name == "v1.0.0");
}

TEST_CASE("the log says why a tag was chosen if its version did not decide") {
  const std::vector<core::Tag> tags = {{"v1.0.0", "a"}};
  CHECK(core::why_previous("v1.1.0", core::previous_tag("v1.1.0", "b", tags)).empty());
  CHECK(
      core::why_previous("nightly", core::previous_tag("nightly", "b", tags)) ==
      "there is no version in nightly: its notes begin at v1.0.0, the last tag before it by date");
  CHECK(core::why_previous("a/nightly", core::previous_tag("a/nightly", "b", tags)) ==
        "there is no version in a/nightly, and no tag before it");
}
