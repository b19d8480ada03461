// SPDX-License-Identifier: MIT
// Which files patterns, exclusions and renames find.
#include <catch2/catch_test_macros.hpp>

#include "core/text/text.hpp"
#include "disk/files.hpp"
#include "in_thread.hpp"
#include "reads.hpp"
#include "temp_dir.hpp"
#include "units/disk/search.hpp"

namespace fs = std::filesystem;
using search::find;
using search::Found;
using search::Strings;

TEST_CASE("there is one pattern per line, trimmed; blank lines and CRLF do not matter") {
  const TempDir dir;
  dir.write("a.txt", "12345");
  dir.write("b c.txt");
  const Found found = find(dir, "\r\n  a.txt \r\n\t\n\tb c.txt\r\n");
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"a.txt", "b c.txt"});
  CHECK(found.all.files[0].path == (dir / "a.txt"));
  CHECK(found.all.files[0].size == 5);
  CHECK_FALSE(found.all.files[0].sha256);
  CHECK(find(dir, "").names.empty());
}

TEST_CASE("files come in the order of the patterns, each once") {
  const TempDir dir;
  for (const char* name : {"a", "b", "c"}) dir.write(name);
  CHECK(find(dir, "c\n*\n./a\nx/../b\n" + (dir / "a")).names == Strings{"c", "a", "b"});
}

TEST_CASE("braces, escapes and two stars") {
  const TempDir dir;
  for (const char* name : {"d/x.tar.gz", "d/x.zip", "d/e/y.zip", "d/{a,b}", "d/[q]"})
    dir.write(name);
  CHECK(find(dir, "d/x.{zip,tar.gz}").names == Strings{"x.zip", "x.tar.gz"});
  CHECK(find(dir, "d/**/*.zip").names == Strings{"x.zip", "y.zip"});
  CHECK(find(dir, "d/\\{a,b\\}\nd/\\[q\\]").names == Strings{"{a,b}", "[q]"});
}

TEST_CASE("an alternative of a brace pattern that matches nothing is not an error") {
  const TempDir dir;
  dir.write("a.zip");
  const Found found = find(dir, "a.{zip,tar.gz}");
  CHECK(found.names == Strings{"a.zip"});
  CHECK(found.problems.empty());
}

TEST_CASE("an exclusion applies to all patterns, before and after it") {
  const TempDir dir;
  for (const char* name : {"a.txt", "a.sig", "b.txt", "d/c.txt"}) dir.write(name);
  CHECK(find(dir, "!*.sig\n*").names == Strings{"a.txt", "b.txt"});
  CHECK(find(dir, "*\n! a.*\n").names == Strings{"b.txt"});
  CHECK(find(dir, "**/*.txt\n!d/**").names == Strings{"a.txt", "b.txt"});
  CHECK(find(dir, "*\n!{a.txt,b.txt}").names == Strings{"a.sig"});
  CHECK(find(dir, "*\n!" + (dir / "a*")).names == Strings{"b.txt"});
  CHECK(find(dir, "*.txt\n!*.txt").problems.empty());
  CHECK(find(dir, "*\n!nothing").problems.empty());
}

TEST_CASE("a directory that is completely excluded is not read") {
  const TempDir dir;
  for (const char* name : {"dist/a.zip", "node_modules/b/c.zip"}) dir.write(name);
  Reads reads(dir, {"dist", "node_modules", "node_modules/b"});
  CHECK(find(dir, "**/*.zip\n!**/node_modules/**").names == Strings{"a.zip"});
  CHECK(reads.counts() ==
        std::map<std::string, int>{{"dist", 1}, {"node_modules", 0}, {"node_modules/b", 0}});
}

TEST_CASE("a rename matches exactly one file") {
  const TempDir dir;
  dir.write("build/app");
  dir.write("build/lib");
  CHECK(find(dir, "build/app => app-linux").names == Strings{"app-linux"});
  CHECK(find(dir, "build/a* =>  my app ").names == Strings{"my app"});
  CHECK(find(dir, "build/* => x").complains("matches 2"));
  CHECK(find(dir, "build/*\nbuild/app => x").names == Strings{"x", "lib"});
  CHECK(find(dir, "build/app => x\nbuild/*").names == Strings{"x", "lib"});
  CHECK(find(dir, "build/* => x\n!build/lib").names == Strings{"x"});
  CHECK(find(dir, "build/none => x").complains("matches nothing"));
}

TEST_CASE("a file that the braces of a rename match twice is still one file") {
  const TempDir dir;
  dir.write("app");
  const Found found = find(dir, "{a*,*p} => x");
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"x"});
}

TEST_CASE("two files with one asset name are an error that names both") {
  const TempDir dir;
  dir.write("a/x");
  dir.write("b/x");
  const Found found = find(dir, "*/x");
  REQUIRE(found.problems.size() == 1);
  CHECK(found.complains(dir / "a/x"));
  CHECK(found.complains(dir / "b/x"));
  CHECK(find(dir, "a/x\nb/x => y").problems.empty());
  CHECK(find(dir, "a/x => z\nb/x => z").problems.size() == 1);
}

TEST_CASE("a directory is skipped by a wildcard and an error if it is named") {
  const TempDir dir;
  dir.write("d/x");
  dir.write("f");
  CHECK(find(dir, "*").names == Strings{"f"});
  CHECK(find(dir, "*").problems.empty());
  CHECK(find(dir, "d").complains("'d/**'"));
  CHECK(find(dir, "d/").complains("is a directory"));
}

TEST_CASE("a directory that two stars match is skipped, too") {
  const TempDir dir;
  dir.write("LICENSE");
  dir.write("vendor/LICENSE/of-somebody");
  const Found found = find(dir, "**/LICENSE");
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"LICENSE"});
}

TEST_CASE("a file with a leading dot is sent only if it or the dot is written out") {
  const TempDir dir;
  for (const char* name : {".env", "a", "d/.x", ".config/b"}) dir.write(name);
  CHECK(find(dir, "*").names == Strings{"a"});
  CHECK(find(dir, "**").names == Strings{"a"});
  CHECK(find(dir, ".env\n.config/b").names == Strings{".env", "b"});
  CHECK(find(dir, "{.env,a}").names == Strings{".env", "a"});
  CHECK(find(dir, ".*\nd/.*\n.config/*").names == Strings{".env", ".x", "b"});
}

TEST_CASE(
    "an exclusion matches names with a leading dot, too, because it makes fewer files public") {
  const TempDir dir;
  for (const char* name : {".env", ".config/a", ".config/secrets.yml"}) dir.write(name);
  CHECK(find(dir, ".config/**\n!**/secrets*").names == Strings{"a"});
  CHECK(find(dir, ".env\n.config/a\n!*").names == Strings{"a"});
}

TEST_CASE("a pattern that only matches names with a leading dot says so, and what to write") {
  const TempDir dir;
  for (const char* name : {"dist/.gitkeep", "dist/.env", "x/.y/z.txt", ".git/config"}) {
    dir.write(name);
  }
  const auto told = [&](const std::string& pattern) {
    const Found found = find(dir, pattern);
    REQUIRE(found.problems.size() == 1);
    return found.problems[0];
  };
  CHECK(told("dist/*") == "files: 'dist/*' matches nothing in " + dir.path().string() +
                              ": a wildcard does not match a leading dot, and the only files are "
                              "dist/.env, dist/.gitkeep. Write 'dist/.*' to match them.");
  CHECK(told("dist/**").ends_with("Write 'dist/**/.*' to match them."));
  CHECK(told("dist/?env").ends_with("Write 'dist/.env' to match them."));
  CHECK(told("dist/*env").ends_with("Write 'dist/.*env' to match them."));
  CHECK(
      told("dist/[.]env").ends_with("Write the leading dot in the pattern, such as 'dist/.env'."));
  CHECK(told("**/*.txt").ends_with("Write the leading dot in the pattern, such as 'x/.y/z.txt'."));
  CHECK(told("**/conf*").find(".git") == std::string::npos);
  const Found warned = find(disk::Workspace(dir.path()), {"dist/*", "", false});
  CHECK(warned.problems.empty());
  REQUIRE(warned.all.warnings.size() == 1);
  CHECK(warned.all.warnings[0].ends_with("Write 'dist/.*' to match them."));
}

TEST_CASE("a pattern that only matches directories says so, and what to write") {
  const TempDir dir;
  dir.write("app-1/x");
  CHECK(find(dir, "app*")
            .complains("files: 'app*' matches only directories (app-1). Write "
                       "'app*/**' to select the files in them."));
  CHECK(find(dir, "**/app-1").complains("matches only directories"));
}

TEST_CASE("no pattern sends anything from .git") {
  const TempDir dir;
  dir.write(".git/config", "credentials");
  dir.write("sub/.git", "gitdir: ../.git/modules/sub");
  fs::create_directories(dir.path() / "dist");
  fs::create_symlink("../.git/config", dir.path() / "dist/x");
  fs::create_directory_symlink("../.git", dir.path() / "dist/d");
  fs::create_symlink("x", dir.path() / "dist/y");
  for (const char* pattern : {".git/config => x.txt", ".git/*", ".git/**", ".git/c{onfig,}",
                              "sub/.git", "dist/x", "dist/y", "dist/d/config", "dist/d/*",
                              "dist/x => y.txt", "a/../.git/config", ".GIT/config", "*/.git"}) {
    INFO(pattern);
    const Found found = find(dir, pattern);
    CHECK(found.names.empty());
    CHECK(found.complains("files in a .git directory are never read"));
  }
  for (const char* pattern : {"**/conf*", "**/.git/*", ".g*/*", "**/.*"}) {
    INFO(pattern);
    const Found found = find(dir, pattern);
    CHECK(found.names.empty());
    CHECK(found.complains("matches nothing"));
  }
  CHECK(find(dir, "dist/*").problems.size() == 2);  // x and y; the link to a directory is skipped
}
