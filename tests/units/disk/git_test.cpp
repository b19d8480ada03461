// SPDX-License-Identifier: MIT
#include "disk/git.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "temp_dir.hpp"

using disk::tags_of_head;
using Texts = std::vector<std::string>;

namespace {

void git(const TempDir& directory, const std::string& arguments) {
  const std::string command = "git -C '" + directory.path().string() +
                              "' -c user.name=n -c user.email=e@example.org " + arguments +
                              " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: a fixed command of the test
}

}  // namespace

TEST_CASE("the tags of HEAD are its own only, light and annotated, packed and loose") {
  const TempDir directory;
  git(directory, "init");
  CHECK(tags_of_head(directory.path().string()).empty());
  git(directory, "commit --allow-empty -m one");
  git(directory, "tag v1.0.0");
  git(directory, "commit --allow-empty -m two");
  CHECK(tags_of_head(directory.path().string()).empty());
  git(directory, "tag app/v2.0.0");
  git(directory, "tag -a v2.0.0 -m annotated");
  CHECK(tags_of_head(directory.path().string()) == Texts{"app/v2.0.0", "v2.0.0"});
  git(directory, "pack-refs --all");
  git(directory, "tag v2.0.1");
  CHECK(tags_of_head(directory.path().string()) == Texts{"app/v2.0.0", "v2.0.0", "v2.0.1"});
}

TEST_CASE("where there is no repository there are no tags") {
  const TempDir directory;
  CHECK(tags_of_head(directory.path().string()).empty());
  CHECK(tags_of_head(directory / "nowhere").empty());
}
