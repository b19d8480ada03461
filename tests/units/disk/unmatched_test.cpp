// SPDX-License-Identifier: MIT
// The message for a pattern that matches nothing, with these existing files.
#include <catch2/catch_test_macros.hpp>

#include "core/text/text.hpp"
#include "disk/files.hpp"
#include "temp_dir.hpp"

namespace {

/// The message after "'PATTERN' matches nothing in DIRECTORY".
std::string told(const TempDir& dir, const std::string& pattern) {
  core::Problems problems;
  disk::find_files(disk::Workspace(dir.path()), {pattern, dir.path()}, problems);
  REQUIRE(problems.list().size() == 1);
  const std::string message = problems.list().front();
  const std::string start =
      "files: '" + core::one_line(pattern) + "' matches nothing in " + dir.path().string();
  INFO(message);
  REQUIRE(message.starts_with(start));
  return message.substr(start.size());
}

}  // namespace

TEST_CASE("an unmatched pattern is explained by the existing files") {
  const TempDir dir;
  for (const char* name : {"a.zip", "b.zip", "[Release] x.jar", "sub/deep/app.zip"})
    dir.write(name);
  CHECK(told(dir, "a.zip b.zip").starts_with(": patterns are separated by line breaks, not by bl"));
  CHECK(told(dir, "a.zip, none.zip").starts_with(": patterns are separated by line breaks"));
  CHECK(told(dir, "[Release] x.jar")
            .ends_with("Write '\\[Release\\] x.jar' to match the file of this name."));
  CHECK(told(dir, "sub/**.zip").ends_with("Write 'sub/**/*.zip'."));
  CHECK(told(dir, "a.zip=>c.zip").ends_with("Write 'a.zip => c.zip'."));
  CHECK(told(dir, "nothing b.txt").find("line breaks") == std::string::npos);
}

TEST_CASE("similar files are listed with their folder") {
  const TempDir dir;
  dir.write("sub/deep/app-linux.zip");
  CHECK(told(dir, "sub/deep/app-linux.tgz").starts_with("; similar names: sub/deep/app-linux.zip"));
  CHECK(told(dir, "sub/app-linux.zip").starts_with("; similar names: sub/deep/app-linux.zip"));
}

TEST_CASE("a name in another Unicode form is told from a missing one") {
  const TempDir dir;
  dir.write("dist/cafe\u0301.zip");
  CHECK(told(dir, "dist/caf\u00e9.zip").find("the same letters in another Unicode form") !=
        std::string::npos);
  CHECK(told(dir, "dist/cafes.zip").find("Unicode") == std::string::npos);
}
