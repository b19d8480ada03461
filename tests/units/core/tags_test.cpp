// SPDX-License-Identifier: MIT
#include "core/tags.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

namespace {

/// The name of the tag before `tag`; "" where there is none.
std::string before(const std::string& tag, const std::vector<std::string>& names) {
  std::vector<core::Tag> tags;
  for (const std::string& name : names) tags.push_back({name, "commit of " + name});
  const auto found = core::previous_tag(tag, tags);
  if (!found) return {};
  CHECK(found->commit == "commit of " + found->name);
  return found->name;
}

}  // namespace

TEST_CASE("the previous tag is the highest version below, in whatever order the tags come") {
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

TEST_CASE("only tags with the same prefix belong to the same thing") {
  const std::vector<std::string> tags = {"v9.0.0",           "app/v1.1.0",     "app/v1.0.0",
                                         "lib/v1.1.5",       "@scope/a@1.0.0", "@scope/b@1.0.9",
                                         "nested/app/v1.1.9"};
  CHECK(before("app/v1.2.0", tags) == "app/v1.1.0");
  CHECK(before("lib/v1.1.5", tags).empty());
  CHECK(before("@scope/a@1.1.0", tags) == "@scope/a@1.0.0");
  CHECK(before("v10.0.0", tags) == "v9.0.0");
}

TEST_CASE("a first version has none before it") {
  CHECK(before("v1.0.0", {}).empty());
  CHECK(before("v1.0.0", {"v1.0.0"}).empty());
  CHECK(before("v1.0.0", {"v1.0.0", "v1.0", "v2.0.0", "nightly", "v1.0.0-rc.1"}).empty());
}

TEST_CASE("a tag that is no version follows the highest version") {
  CHECK(before("nightly", {"v1.0.0", "v1.1.0-rc.1", "nightly", "latest"}) == "v1.1.0-rc.1");
  CHECK(before("nightly", {"latest", "nightly"}).empty());
}
