// SPDX-License-Identifier: MIT
#include "disk/files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "core/text.hpp"
#include "temp_dir.hpp"
#include "units/disk/reads.hpp"

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

namespace {

/// What a search found, and what it complained about, one a line.
struct Found {
  Strings names;
  disk::FoundFiles all;
  Strings problems;

  bool complains(const std::string& words) const {
    for (const std::string& problem : problems) {
      if (problem.find(words) != std::string::npos) return true;
    }
    return false;
  }
};

Found find(disk::FileSearch search) {
  Found found;
  core::Problems problems;
  found.all = find_files(search, problems);
  for (const core::LocalFile& file : found.all.files) found.names.push_back(file.name);
  try {
    problems.throw_if_any();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    found.problems = core::lines(error.message);
  }
  return found;
}

Found find(const TempDir& dir, const std::string& patterns) {
  return find({patterns, dir.path().string(), dir.path().string(), dir.path().string(), true});
}

}  // namespace

TEST_CASE("patterns are one a line, trimmed, blank ones and CRLF notwithstanding") {
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

TEST_CASE("a part of a brace pattern that matches nothing is no error") {
  const TempDir dir;
  dir.write("a.zip");
  const Found found = find(dir, "a.{zip,tar.gz}");
  CHECK(found.names == Strings{"a.zip"});
  CHECK(found.problems.empty());
}

TEST_CASE("an exclusion counts wherever it stands, also after what it excludes") {
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

TEST_CASE("a directory that an exclusion covers is not read") {
  const TempDir dir;
  for (const char* name : {"dist/a.zip", "node_modules/b/c.zip"}) dir.write(name);
  Reads reads(dir, {"dist", "node_modules", "node_modules/b"});
  CHECK(find(dir, "**/*.zip\n!**/node_modules/**").names == Strings{"a.zip"});
  CHECK(reads.counts() ==
        std::map<std::string, int>{{"dist", 1}, {"node_modules", 0}, {"node_modules/b", 0}});
}

TEST_CASE("a rename names exactly one file") {
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

TEST_CASE("a file that a rename's braces match twice is still one file") {
  const TempDir dir;
  dir.write("app");
  const Found found = find(dir, "{a*,*p} => x");
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"x"});
}

TEST_CASE("two files with one name are an error that names both") {
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

TEST_CASE("a directory is skipped by a wildcard and an error where it is named") {
  const TempDir dir;
  dir.write("d/x");
  dir.write("f");
  CHECK(find(dir, "*").names == Strings{"f"});
  CHECK(find(dir, "*").problems.empty());
  CHECK(find(dir, "d").complains("'d/**'"));
  CHECK(find(dir, "d/").complains("is a directory"));
}

TEST_CASE("a directory of the name that two stars look for is skipped, too") {
  const TempDir dir;
  dir.write("LICENSE");
  dir.write("vendor/LICENSE/of-somebody");
  const Found found = find(dir, "**/LICENSE");
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"LICENSE"});
}

TEST_CASE("wildcards match dot files") {
  const TempDir dir;
  dir.write(".env");
  dir.write("d/.x");
  CHECK(find(dir, "**").names == Strings{".env", ".x"});
}

TEST_CASE("absolute and home paths lead out of the directory, wildcards included") {
  const TempDir dir;
  const TempDir home;
  home.write("out/a.txt");
  const disk::FileSearch search{"~/out/*.txt", dir.path().string(), dir.path().string(),
                                home.path().string(), true};
  CHECK(find(search).names == Strings{"a.txt"});
  CHECK(find(dir, (home / "out/a.txt") + " => b").names == Strings{"b"});
  dir.write("~x");
  CHECK(find(dir, "~x").names == Strings{"~x"});
}

TEST_CASE("what looks like a wildcard in the directory is meant as itself") {
  const TempDir dir;
  dir.write("a[1]{x,y}*/f");
  dir.write("a1x/f");
  const std::string inner = dir / "a[1]{x,y}*";
  CHECK(find({"*\n", inner, inner, "", true}).names == Strings{"f"});
  CHECK(find({"*\n!f", inner, inner, "", true}).names.empty());
  CHECK(find({"~/f", dir.path().string(), dir.path().string(), inner, true}).names == Strings{"f"});
}

TEST_CASE("a link may end at a regular file inside the workspace only") {
  const TempDir dir;
  const TempDir outside;
  outside.write("secret");
  dir.write("d/real", "1234");
  fs::create_symlink("d/real", dir.path() / "good");
  fs::create_symlink(outside / "secret", dir.path() / "bad");
  fs::create_symlink("absent", dir.path() / "dangling");
  fs::create_symlink("loop", dir.path() / "loop");
  fs::create_directory_symlink(outside.path(), dir.path() / "way-out");
  fs::create_directory_symlink("d", dir.path() / "folder");
  const Found good = find(dir, "good");
  CHECK(good.names == Strings{"good"});
  CHECK(good.all.files.at(0).size == 4);
  CHECK(find(dir, "bad").complains("leads out of the workspace"));
  CHECK(find(dir, "way-out/*").complains("leads out of the workspace"));
  CHECK(find(dir, "dangling").complains("link to nothing"));
  CHECK(find(dir, "loop").problems.size() == 1);
  CHECK(find(dir, "*").problems.size() == 3);  // directories behind links are skipped
  CHECK(find(dir, "folder/real").names == Strings{"real"});
  CHECK(find({"good", dir / "d/..", dir.path().string() + "/", "", true}).names == Strings{"good"});
}

TEST_CASE("a link outside the workspace may not lead on, even into another place outside") {
  const TempDir dir;
  const TempDir outside;
  outside.write("real");
  fs::create_symlink("real", outside.path() / "link");
  CHECK(find(dir, outside / "real").names == Strings{"real"});
  CHECK(find(dir, outside / "link").complains("leads out of the workspace"));
}

TEST_CASE("special files are errors") {
  const TempDir dir;
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  CHECK(find(dir, "pipe").complains("no regular file"));
  CHECK(find(dir, "*").complains("no regular file"));
}

TEST_CASE("a file without the right to read it is an error") {
  if (geteuid() == 0) SKIP("root may read everything");
  const TempDir dir;
  fs::permissions(dir.write("locked"), fs::perms::none);
  CHECK(find(dir, "locked").complains("permission denied"));
  dir.write("closed/x");
  fs::permissions(dir.path() / "closed", fs::perms::none);
  CHECK(find(dir, "closed/x").problems.size() == 1);
  CHECK(find(dir, "closed/*").complains("matches nothing"));
  fs::permissions(dir.path() / "closed", fs::perms::owner_all);
}

TEST_CASE("names that no asset may have are errors") {
  const TempDir dir;
  dir.write("f");
  for (const std::string& name :
       {std::string("a/b"), std::string("."), std::string(".."), std::string("a\tb"),
        std::string("a\x7f"), std::string("\xff"), std::string(256, 'x')}) {
    INFO(name);
    const Found found = find(dir, "f => " + name);
    CHECK(found.problems.size() == 1);
    CHECK(found.complains("asset name"));
  }
  CHECK(find(dir, "f => " + std::string(255, 'x')).problems.empty());
  CHECK(find(dir, "f => ä ö").problems.empty());
  dir.write("blank ");
  CHECK(find(dir, "bl*").complains("blank"));
}

TEST_CASE("an unmatched pattern names the directory and up to five files that nearly match") {
  const TempDir dir;
  for (int i = 0; i < 9; ++i) dir.write("dist/app-" + std::to_string(i) + ".tar.gz");
  const Found found = find(dir, "dist/app-*.tgz");
  REQUIRE(found.problems.size() == 1);
  CHECK(found.complains("'dist/app-*.tgz'"));
  CHECK(found.complains(dir.path().string()));
  CHECK(found.complains("app-4.tar.gz"));
  CHECK_FALSE(found.complains("app-5.tar.gz"));
  CHECK(found.complains("fail_on_unmatched_files: false"));
}

TEST_CASE("with fail_on_unmatched_files: false an unmatched pattern is a warning") {
  const TempDir dir;
  dir.write("a");
  const Found found = find({"a\nb", dir.path().string(), dir.path().string(), "", false});
  CHECK(found.problems.empty());
  CHECK(found.names == Strings{"a"});
  REQUIRE(found.all.warnings.size() == 1);
  CHECK(found.all.warnings[0].find("'b'") != std::string::npos);
}

TEST_CASE("a pattern longer than any name is unmatched, as any other") {
  const TempDir dir;
  CHECK(find(dir, std::string(300, 'a')).complains("matches nothing"));
}

TEST_CASE("all mistakes are reported together") {
  const TempDir dir;
  dir.write("a/x");
  dir.write("b/x");
  dir.write("y");
  fs::create_symlink("absent", dir.path() / "dangling");
  const Found found = find(dir, "none\n*/x\na\n{open\n!{also\ny => .\ndangling\n* => z");
  CHECK(found.problems.size() == 8);
}
