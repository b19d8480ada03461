// SPDX-License-Identifier: MIT
#include "disk/walk.hpp"

#include <catch2/catch_test_macros.hpp>

#include "in_thread.hpp"
#include "reads.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using disk::Obstacle;
using disk::Walked;
using Strings = std::vector<std::string>;

namespace {

Walked walk(const TempDir& dir, const std::string& pattern, const disk::WalkRules& rules = {}) {
  return disk::walk(disk::Workspace(dir.path()), dir / pattern, rules);
}

/// The matches of a pattern below `dir`, relative to it.
Strings walked(const TempDir& dir, const std::string& pattern, const disk::WalkRules& rules = {}) {
  Strings result;
  const Walked found = walk(dir, pattern, rules);
  CHECK(found.obstacles.empty());
  for (const std::string& path : found.paths) {
    result.push_back(fs::path(path).lexically_relative(dir.path()).string());
  }
  return result;
}

Strings near_misses(const TempDir& dir, const std::string& pattern, std::size_t most) {
  Strings near = disk::near_misses(disk::Workspace(dir.path()), dir / pattern, most);
  for (std::string& path : near) path = path.substr(dir.path().string().size() + 1);
  return near;
}

}  // namespace

TEST_CASE("wildcards match files of one directory, sorted") {
  const TempDir dir;
  for (const char* name : {"b.txt", "a.txt", "d.md", "sub/e.txt"}) dir.write(name);
  CHECK(walked(dir, "*.txt") == Strings{"a.txt", "b.txt"});
  CHECK(walked(dir, "[ab].txt") == Strings{"a.txt", "b.txt"});
  CHECK(walked(dir, "?.md") == Strings{"d.md"});
  CHECK(walked(dir, "*/*.txt") == Strings{"sub/e.txt"});
  CHECK(walked(dir, "none*").empty());
}

TEST_CASE("two stars reach every depth, each file once") {
  const TempDir dir;
  for (const char* name : {"a", "x/a", "x/y/a", "x/y/b"}) dir.write(name);
  CHECK(walked(dir, "**/a").size() == 3);
  CHECK(walked(dir, "**").size() == 4);
  CHECK(walked(dir, "x/**") == Strings{"x/a", "x/y/a", "x/y/b"});
  CHECK(walked(dir, "**/**/a").size() == 3);
  CHECK(walked(dir, "**/y/*") == Strings{"x/y/a", "x/y/b"});
}

TEST_CASE("a wildcard matches a leading dot only if its segment begins with one") {
  const TempDir dir;
  for (const char* name : {".env", "a", "d/.x", "d/b", ".h/c", ".h/.i/e"}) dir.write(name);
  CHECK(walked(dir, "*") == Strings{"a"});
  CHECK(walked(dir, "?env").empty());
  CHECK(walked(dir, "[.]env").empty());
  CHECK(walked(dir, "[!a]env").empty());
  CHECK(walked(dir, "**") == Strings{"a", "d/b"});
  CHECK(walked(dir, "*/*") == Strings{"d/b"});
  CHECK(walked(dir, "**/c").empty());
  CHECK(walked(dir, ".*") == Strings{".env"});
  CHECK(walked(dir, "\\.*") == Strings{".env"});
  CHECK(walked(dir, ".e?v") == Strings{".env"});
  CHECK(walked(dir, "d/.*") == Strings{"d/.x"});
  CHECK(walked(dir, "**/.*") == Strings{".env", "d/.x"});
  CHECK(walked(dir, ".h/*") == Strings{".h/c"});
  CHECK(walked(dir, ".*/*") == Strings{".h/c"});
  CHECK(walked(dir, ".h/**") == Strings{".h/c"});
  CHECK(walked(dir, ".h/.i/e") == Strings{".h/.i/e"});
  CHECK(walked(dir, "**", {true}) == Strings{".env", "a", ".h/c", ".h/.i/e", "d/.x", "d/b"});
}

TEST_CASE(".git is never entered, whatever it is") {
  const TempDir dir;
  for (const char* name : {".git/config", "d/.git/x", "e/.git", "f/.GIT/y", ".github/z"}) {
    dir.write(name);
  }
  for (const disk::WalkRules& rules : {disk::WalkRules{}, disk::WalkRules{true}}) {
    CHECK(walked(dir, ".*/*", rules) == Strings{".github/z"});
    CHECK(walked(dir, "**/.git/*", rules).empty());
    CHECK(walked(dir, "**/.*", rules).empty());
  }
  for (const char* pattern : {".git/*", ".git/config*", "d/.git/**", "f/.GIT/*"}) {
    INFO(pattern);
    const Walked found = walk(dir, pattern);
    CHECK(found.paths.empty());
    REQUIRE(found.obstacles.size() == 1);
    CHECK(found.obstacles[0].reason == Obstacle::Reason::in_git);
  }
}

TEST_CASE("a directory is read once, and only if something in it can match") {
  const TempDir dir;
  for (const char* name : {"a/x.zip", "a/b/x.zip", "c/b/x.zip", "c/d/x.zip"}) dir.write(name);
  using Counts = std::map<std::string, int>;
  const auto reads = [&](const std::string& pattern, const disk::WalkRules& rules = {}) {
    Reads watched(dir, {"a", "a/b", "c", "c/b", "c/d"});
    walk(dir, pattern, rules);
    return watched.counts();
  };
  CHECK(reads("a/x.zip") == Counts{{"a", 0}, {"a/b", 0}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
  CHECK(reads("a/*.zip") == Counts{{"a", 1}, {"a/b", 0}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
  CHECK(reads("*/b/*") == Counts{{"a", 0}, {"a/b", 1}, {"c", 0}, {"c/b", 1}, {"c/d", 0}});
  CHECK(reads("**/*.zip") == Counts{{"a", 1}, {"a/b", 1}, {"c", 1}, {"c/b", 1}, {"c/d", 1}});
  CHECK(reads("**/**/b/**/*") == Counts{{"a", 1}, {"a/b", 1}, {"c", 1}, {"c/b", 1}, {"c/d", 1}});
  const auto in_c = [&](const std::string& directory) { return directory == (dir / "c"); };
  CHECK(reads("**", {false, in_c}) ==
        Counts{{"a", 1}, {"a/b", 1}, {"c", 0}, {"c/b", 0}, {"c/d", 0}});
}

TEST_CASE("files come before those of deeper directories") {
  const TempDir dir;
  for (const char* name : {"z", "a/y", "a/b/x", "c/w"}) dir.write(name);
  CHECK(walked(dir, "**") == Strings{"z", "a/y", "a/b/x", "c/w"});
}

TEST_CASE("a directory is skipped by a wildcard and reported if it is named") {
  const TempDir dir;
  dir.write("sub/a");
  CHECK(walk(dir, "*").paths.empty());
  CHECK(walk(dir, "*").directory.empty());
  CHECK(walk(dir, "*").directories == Strings{dir / "sub"});
  CHECK(walk(dir, "s?b").directory.empty());
  CHECK(walk(dir, "sub").directory == (dir / "sub"));
  CHECK(walk(dir, "sub/").directory == (dir / "sub"));
  CHECK(disk::walk(disk::Workspace(dir.path()), "/").directory == "/");
}

TEST_CASE("an unreadable directory is reported if something in it could match") {
  without_privileges([] {
    const TempDir dir;
    for (const char* name : {"a", "closed/b", "open/c"}) dir.write(name);
    fs::permissions(dir.path() / "closed", fs::perms::none);
    CHECK(walked(dir, "*") == Strings{"a"});
    CHECK(walked(dir, "o*/*") == Strings{"open/c"});
    const auto in_closed = [&](const std::string& one) { return one == (dir / "closed"); };
    CHECK(walked(dir, "**", {false, in_closed}) == Strings{"a", "open/c"});
    for (const char* pattern : {"**", "*/*", "closed/*", "closed/b*"}) {
      INFO(pattern);
      const Walked found = walk(dir, pattern);
      REQUIRE(found.obstacles.size() == 1);
      CHECK(found.obstacles[0].at == (dir / "closed"));
      CHECK(found.obstacles[0].error == EACCES);
    }
    fs::permissions(dir.path() / "closed", fs::perms::owner_all);
  });
}

TEST_CASE("two stars do not follow symbolic links, a written-out name does") {
  const TempDir dir;
  dir.write("real/a");
  fs::create_directory_symlink("real", dir.path() / "link");
  CHECK(walked(dir, "**/a") == Strings{"real/a"});
  CHECK(walked(dir, "link/*") == Strings{"link/a"});
  CHECK(walked(dir, "l*/a") == Strings{"link/a"});
  CHECK(walked(dir, "l*/**") == Strings{"link/a"});
  CHECK(walked(dir, "**/*/a") == Strings{"link/a", "real/a"});
}

TEST_CASE("a circular link is not followed for ever") {
  const TempDir dir;
  dir.write("real/a");
  fs::create_directory_symlink("..", dir.path() / "real/up");
  CHECK(walked(dir, "**/a") == Strings{"real/a"});
}

TEST_CASE("a link to a file matches, even a dangling one, and is checked later") {
  const TempDir dir;
  dir.write("a");
  fs::create_symlink("a", dir.path() / "good");
  fs::create_symlink("absent", dir.path() / "bad");
  CHECK(walked(dir, "*") == Strings{"a", "bad", "good"});
  CHECK(walked(dir, "bad") == Strings{"bad"});
}

TEST_CASE("an escaped name is literal") {
  const TempDir dir;
  dir.write("a*b");
  dir.write("axb");
  dir.write("[x]");
  CHECK(walked(dir, "a\\*b") == Strings{"a*b"});
  CHECK(walked(dir, "\\[x\\]") == Strings{"[x]"});
}

TEST_CASE("a name that no file can have matches nothing") {
  const TempDir dir;
  CHECK(walked(dir, std::string(300, 'a')).empty());
  CHECK(walked(dir, std::string(300, 'a') + "/x").empty());
  CHECK(walked(dir, std::string(5000, 'a')).empty());
  CHECK(walked(dir, "absent/x").empty());
  CHECK(walked(dir, "absent/*").empty());
  dir.write("file");
  CHECK(walked(dir, "file/x").empty());
  CHECK(walked(dir, "file/*").empty());
}

TEST_CASE("no wildcard follows a link out of the workspace, a written-out name does") {
  const TempDir dir;
  const TempDir outside;
  outside.write("a");
  dir.write("in/a");
  fs::create_directory_symlink(outside.path(), dir.path() / "out");
  fs::create_directory_symlink(".git", dir.path() / "git");
  dir.write(".git/a");
  Reads reads(outside, {"."});
  CHECK(walked(dir, "*/*") == Strings{"in/a"});
  CHECK(walked(dir, "*/a") == Strings{"in/a"});
  CHECK(walked(dir, "*").empty());
  CHECK(walked(dir, "**") == Strings{"in/a"});
  for (const char* pattern : {"out/*", "out/a*", "git/*", "git/**"}) {
    INFO(pattern);
    const Walked found = walk(dir, pattern);
    CHECK(found.paths.empty());
    CHECK(found.obstacles.size() == 1);
  }
  CHECK(near_misses(dir, "out/b", 5) == Strings{"in/a"});
  CHECK(reads.counts() == std::map<std::string, int>{{".", 0}});
}

TEST_CASE("similar names are those of files that share most with the pattern's last segment") {
  const TempDir dir;
  for (const char* name :
       {"dist/app-linux.tar.gz", "dist/app-mac.zip", "dist/readme.md", "dist/.git/app-linux.tgz"}) {
    dir.write(name);
  }
  const Strings near = near_misses(dir, "dist/app-linux*.tgz", 2);
  REQUIRE(near.size() == 2);
  CHECK(near[0] == "dist/app-linux.tar.gz");
  CHECK(near[1] == "dist/app-mac.zip");
  CHECK(near_misses(dir, "dist/*.md", 1) == Strings{"dist/readme.md"});
}

TEST_CASE("similar names are found at once, even for a very long pattern") {
  const TempDir directory;
  directory.write("report.txt");
  const auto near = near_misses(directory, ("report" + std::string(100'000, 'x')), 5);
  CHECK(near == std::vector<std::string>{"report.txt"});
}

TEST_CASE("similar names are searched in the directory of the pattern's literal start") {
  const TempDir dir;
  dir.write("a/b/app.txt");
  dir.write("other/app.txt");
  CHECK(near_misses(dir, "a/c/app.tx", 5) == Strings{"a/b/app.txt"});
  CHECK(near_misses(dir, "none/*", 5).size() == 2);
  CHECK(near_misses(dir, "a/b/x", 0).empty());
}

TEST_CASE("similar names are never from outside") {
  const TempDir dir;
  const TempDir outside;
  outside.write("app.txt");
  const disk::Workspace workspace(dir.path());
  CHECK(disk::near_misses(workspace, outside / "app.tx", 5).empty());
  CHECK(disk::near_misses(workspace, outside / "none/*", 5).empty());
  CHECK(disk::near_misses(workspace, "/*.none", 5).empty());
}
