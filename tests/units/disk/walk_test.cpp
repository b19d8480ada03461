// SPDX-License-Identifier: MIT
#include "disk/walk.hpp"

#include <catch2/catch_test_macros.hpp>

#include "temp_dir.hpp"
#include "units/disk/reads.hpp"

namespace fs = std::filesystem;
using disk::near_misses;
using disk::walk;
using Strings = std::vector<std::string>;

namespace {

/// What a pattern below `dir` matches, relative to it.
Strings walked(const TempDir& dir, const std::string& pattern) {
  Strings result;
  for (const std::string& path : walk(dir / pattern).paths) {
    result.push_back(fs::path(path).lexically_relative(dir.path()).string());
  }
  return result;
}

}  // namespace

TEST_CASE("wildcards match files of one directory, sorted, dot files included") {
  const TempDir dir;
  for (const char* name : {"b.txt", "a.txt", ".c.txt", "d.md", "sub/e.txt"}) dir.write(name);
  CHECK(walked(dir, "*.txt") == Strings{".c.txt", "a.txt", "b.txt"});
  CHECK(walked(dir, "[ab].txt") == Strings{"a.txt", "b.txt"});
  CHECK(walked(dir, "?.md") == Strings{"d.md"});
  CHECK(walked(dir, "*/*.txt") == Strings{"sub/e.txt"});
  CHECK(walked(dir, "none*").empty());
}

TEST_CASE("two stars reach every depth, each file once") {
  const TempDir dir;
  for (const char* name : {"a", "x/a", "x/y/a", "x/y/b", ".h/a"}) dir.write(name);
  CHECK(walked(dir, "**/a").size() == 4);
  CHECK(walked(dir, "**").size() == 5);
  CHECK(walked(dir, "x/**") == Strings{"x/a", "x/y/a", "x/y/b"});
  CHECK(walked(dir, "**/**/a").size() == 4);
  CHECK(walked(dir, "**/y/*") == Strings{"x/y/a", "x/y/b"});
}

TEST_CASE("a directory is read once, and only where something in it can match") {
  const TempDir dir;
  for (const char* name : {"a/x.zip", "a/b/x.zip", "c/b/x.zip", "c/d/x.zip"}) dir.write(name);
  using Counts = std::map<std::string, int>;
  const auto reads = [&](const std::string& pattern, const disk::Skipped& skipped = nullptr) {
    Reads watched(dir, {"a", "a/b", "c", "c/b", "c/d"});
    walk(dir / pattern, skipped);
    return watched.counts();
  };
  CHECK(reads("a/x.zip") == Counts{{"a", 0}, {"a/b", 0}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
  CHECK(reads("a/*.zip") == Counts{{"a", 1}, {"a/b", 0}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
  CHECK(reads("*/b/*") == Counts{{"a", 0}, {"a/b", 1}, {"c", 0}, {"c/b", 1}, {"c/d", 0}});
  CHECK(reads("**/*.zip") == Counts{{"a", 1}, {"a/b", 1}, {"c", 1}, {"c/b", 1}, {"c/d", 1}});
  CHECK(reads("**/**/b/**/*") == Counts{{"a", 1}, {"a/b", 1}, {"c", 1}, {"c/b", 1}, {"c/d", 1}});
  const auto in_c = [&](const std::string& directory) { return directory == (dir / "c"); };
  CHECK(reads("**", in_c) == Counts{{"a", 1}, {"a/b", 1}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
}

TEST_CASE("files come before those of deeper directories") {
  const TempDir dir;
  for (const char* name : {"z", "a/y", "a/b/x", "c/w"}) dir.write(name);
  CHECK(walked(dir, "**") == Strings{"z", "a/y", "a/b/x", "c/w"});
}

TEST_CASE("a directory is passed over by a wildcard and told where it is named") {
  const TempDir dir;
  dir.write("sub/a");
  CHECK(walk(dir / "*").paths.empty());
  CHECK(walk(dir / "*").directory.empty());
  CHECK(walk(dir / "s?b").directory.empty());
  CHECK(walk(dir / "sub").directory == (dir / "sub"));
  CHECK(walk(dir / "sub/").directory == (dir / "sub"));
  CHECK(walk("/").directory == "/");
}

TEST_CASE("two stars enter no symbolic link, a name that is given does") {
  const TempDir dir;
  dir.write("real/a");
  fs::create_directory_symlink("real", dir.path() / "link");
  CHECK(walked(dir, "**/a") == Strings{"real/a"});
  CHECK(walked(dir, "link/*") == Strings{"link/a"});
  CHECK(walked(dir, "l*/a") == Strings{"link/a"});
  CHECK(walked(dir, "l*/**") == Strings{"link/a"});
  CHECK(walked(dir, "**/*/a") == Strings{"link/a", "real/a"});
}

TEST_CASE("a link that goes round is not followed for ever") {
  const TempDir dir;
  dir.write("real/a");
  fs::create_directory_symlink("..", dir.path() / "real/up");
  CHECK(walked(dir, "**/a") == Strings{"real/a"});
}

TEST_CASE("a link to a file matches, a dangling one too: what it is worth is judged later") {
  const TempDir dir;
  dir.write("a");
  fs::create_symlink("a", dir.path() / "good");
  fs::create_symlink("absent", dir.path() / "bad");
  CHECK(walked(dir, "*") == Strings{"a", "bad", "good"});
  CHECK(walked(dir, "bad") == Strings{"bad"});
}

TEST_CASE("an escaped name is that name") {
  const TempDir dir;
  dir.write("a*b");
  dir.write("axb");
  dir.write("[x]");
  CHECK(walked(dir, "a\\*b") == Strings{"a*b"});
  CHECK(walked(dir, "\\[x\\]") == Strings{"[x]"});
}

TEST_CASE("a name that no file can have matches nothing") {
  const TempDir dir;
  CHECK(walk(dir / std::string(300, 'a')).paths.empty());
  CHECK(walk(dir / (std::string(300, 'a') + "/x")).paths.empty());
  CHECK(walk(dir / "absent/x").paths.empty());
  dir.write("file");
  CHECK(walk(dir / "file/x").paths.empty());
}

TEST_CASE("near misses are the files that share most with the pattern's last segment") {
  const TempDir dir;
  for (const char* name :
       {"dist/app-linux.tar.gz", "dist/app-mac.zip", "dist/readme.md", "dist/.git/app-linux.tgz"}) {
    dir.write(name);
  }
  const Strings near = near_misses(dir / "dist/app-linux*.tgz", 2);
  REQUIRE(near.size() == 2);
  CHECK(near[0] == "app-linux.tar.gz");
  CHECK(near[1] == "app-mac.zip");
  CHECK(near_misses(dir / "dist/*.md", 1) == Strings{"readme.md"});
}

TEST_CASE("near misses of a pattern as long as a file are found at once") {
  const TempDir directory;
  directory.write("report.txt");
  const auto near = near_misses(directory / ("report" + std::string(100'000, 'x')), 5);
  CHECK(near == std::vector<std::string>{"report.txt"});
}

TEST_CASE("near misses are looked for where the pattern's literal start ends") {
  const TempDir dir;
  dir.write("a/b/app.txt");
  dir.write("other/app.txt");
  CHECK(near_misses(dir / "a/c/app.tx", 5) == Strings{"b/app.txt"});
  CHECK(near_misses(dir / "none/*", 5).size() == 2);
  CHECK(near_misses(dir / "a/b/x", 0).empty());
}
