// SPDX-License-Identifier: MIT
#include "disk/files.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>

#include "core/text.hpp"
#include "in_thread.hpp"
#include "reads.hpp"
#include "temp_dir.hpp"

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

Found find(const disk::Workspace& workspace, const disk::FileSearch& search) {
  Found found;
  core::Problems problems;
  found.all = find_files(workspace, search, problems);
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
  return find(disk::Workspace(dir.path()), {patterns, dir.path()});
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

TEST_CASE("a file whose name begins with a dot is sent where it is named, or the dot is") {
  const TempDir dir;
  for (const char* name : {".env", "a", "d/.x", ".config/b"}) dir.write(name);
  CHECK(find(dir, "*").names == Strings{"a"});
  CHECK(find(dir, "**").names == Strings{"a"});
  CHECK(find(dir, ".env\n.config/b").names == Strings{".env", "b"});
  CHECK(find(dir, "{.env,a}").names == Strings{".env", "a"});
  CHECK(find(dir, ".*\nd/.*\n.config/*").names == Strings{".env", ".x", "b"});
}

TEST_CASE("an exclusion matches names with a dot, too: what it means is to send less") {
  const TempDir dir;
  for (const char* name : {".env", ".config/a", ".config/secrets.yml"}) dir.write(name);
  CHECK(find(dir, ".config/**\n!**/secrets*").names == Strings{"a"});
  CHECK(find(dir, ".env\n.config/a\n!*").names == Strings{"a"});
}

TEST_CASE("a pattern that matches only names with a dot says so, and what to write") {
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
                              ": a wildcard does not match a leading dot, and there are only "
                              "dist/.env, dist/.gitkeep. Write 'dist/.*' for them.");
  CHECK(told("dist/**").ends_with("Write 'dist/**/.*' for them."));
  CHECK(told("dist/?env").ends_with("Write 'dist/.env' for them."));
  CHECK(told("dist/*env").ends_with("Write 'dist/.*env' for them."));
  CHECK(told("dist/[.]env").ends_with("Write the dot in the pattern, such as 'dist/.env'."));
  CHECK(told("**/*.txt").ends_with("Write the dot in the pattern, such as 'x/.y/z.txt'."));
  CHECK(told("**/conf*").find(".git") == std::string::npos);
  const Found warned = find(disk::Workspace(dir.path()), {"dist/*", "", false});
  CHECK(warned.problems.empty());
  REQUIRE(warned.all.warnings.size() == 1);
  CHECK(warned.all.warnings[0].ends_with("Write 'dist/.*' for them."));
}

TEST_CASE("a pattern that matches only directories says so, and what to write") {
  const TempDir dir;
  dir.write("app-1/x");
  CHECK(find(dir, "app*")
            .complains("files: 'app*' matches only directories (app-1). Write "
                       "'app*/**' for the files in them."));
  CHECK(find(dir, "**/app-1").complains("matches only directories"));
}

TEST_CASE("nothing of git is sent, by whatever way") {
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
    CHECK(found.complains("what belongs to git is never read"));
  }
  for (const char* pattern : {"**/conf*", "**/.git/*", ".g*/*", "**/.*"}) {
    INFO(pattern);
    const Found found = find(dir, pattern);
    CHECK(found.names.empty());
    CHECK(found.complains("matches nothing"));
  }
  CHECK(find(dir, "dist/*").problems.size() == 2);  // x and y; the link to a directory is skipped
}

TEST_CASE("absolute and home paths lead out of the directory, wildcards included") {
  const TempDir dir;
  const TempDir home;
  home.write("out/a.txt");
  const disk::Workspace workspace(dir.path());
  CHECK(find(workspace, {"~/out/*.txt", home.path()}).names == Strings{"a.txt"});
  CHECK(find(workspace, {"~/out/*.txt", ""}).complains("HOME is not set"));
  CHECK(find(dir, (home / "out/a.txt") + " => b").names == Strings{"b"});
  dir.write("~x");
  CHECK(find(dir, "~x").names == Strings{"~x"});
}

TEST_CASE("what looks like a wildcard in the directory is meant as itself") {
  const TempDir dir;
  dir.write("a[1]{x,y}*/f");
  dir.write("a1x/f");
  const std::string inner = dir / "a[1]{x,y}*";
  CHECK(find(disk::Workspace(inner), {"*\n", ""}).names == Strings{"f"});
  CHECK(find(disk::Workspace(inner), {"*\n!f", ""}).names.empty());
  CHECK(find(disk::Workspace(dir.path()), {"~/f", inner}).names == Strings{"f"});
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
  const disk::Workspace workspace(dir.path().string() + "/", dir / "d/..");
  CHECK(find(workspace, {"good", ""}).names == Strings{"good"});
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
  CHECK(find(dir, "pipe").complains("is a named pipe, not a regular file"));
  CHECK(find(dir, "*").complains("is a named pipe, not a regular file"));
}

TEST_CASE("a file without the right to read it is an error") {
  without_privileges([] {
    const TempDir dir;
    fs::permissions(dir.write("locked"), fs::perms::none);
    CHECK(find(dir, "locked").complains("/locked cannot be read (Permission denied)"));
    CHECK(find(dir, "l*").complains("/locked cannot be read (Permission denied)"));
    dir.write("closed/x");
    dir.write("open");
    fs::permissions(dir.path() / "closed", fs::perms::none);
    CHECK(find(dir, "closed/x").complains("/closed/x cannot be read (Permission denied)"));
    CHECK(find(dir, "closed/*").complains("/closed cannot be read (Permission denied)"));
    CHECK(find(dir, "**").complains("Or leave it out: '!closed/**'."));
    CHECK(find(dir, "**\n!locked\n!closed/**").names == Strings{"open"});
    CHECK(find(dir, "**\n*/*\n!locked").problems.size() == 1);  // once
    const disk::Workspace workspace(dir.path());
    CHECK(find(workspace, {"closed/*", "", false}).problems.size() == 1);
    fs::permissions(dir.path() / "closed", fs::perms::owner_all);
  });
}

TEST_CASE("a file whose size is not true is an error") {
  const TempDir dir;
  const Found found = find(dir, "/proc/version");
  CHECK(found.complains("/proc/version does not have the size that the system tells"));
}

TEST_CASE("names of the action's own making are refused") {
  const TempDir dir;
  const std::string digest(64, 'a');
  dir.write(".sha256.50." + digest, "");
  dir.write("f");
  CHECK(find(dir, ".sha256*").complains("is one that this action gives to assets of its own"));
  CHECK(find(dir, "f => .sha256.7." + digest + ".f").complains("gives to assets of its own"));
  CHECK(find(dir, "f => .sha256.7." + digest + "0").problems.empty());
}

TEST_CASE("a search outside the workspace tells no names, and has a limit") {
  const TempDir dir;
  const TempDir outside;
  for (const char* name : {"a/secret.txt", "a/.hidden", "d/sub/x"}) outside.write(name);
  const disk::Workspace workspace(dir.path());
  for (const char* pattern : {"a/*.zip", "a/none", "d/*", "a/*hidden"}) {
    INFO(pattern);
    const Found found = find(workspace, {outside / pattern, ""});
    REQUIRE(found.problems.size() == 1);
    CHECK_FALSE(found.complains("secret.txt"));
    CHECK_FALSE(found.complains(".hidden"));
    CHECK_FALSE(found.complains("(d/sub)"));
  }
  CHECK(find(workspace, {outside / "d/*", ""}).complains("matches only directories"));
  CHECK(find(workspace, {outside / "a/*hidden", ""}).complains("/.*hidden' for them"));
  disk::FileSearch search{outside / "**", ""};
  search.most_outside = 5;
  CHECK(find(workspace, search).complains("looks at more than 5 names outside the workspace"));
  search.most_outside = 6;
  CHECK(find(workspace, search).names == Strings{"secret.txt", "x"});
  search.patterns = dir / "**/x";
  search.most_outside = 0;
  dir.write("x");
  CHECK(find(workspace, search).names == Strings{"x"});
}

TEST_CASE("a search that takes long says what it is at") {
  const TempDir dir;
  dir.write("a/b");
  Strings said;
  disk::FileSearch search{"**", ""};
  search.say = [&](const std::string& text) { said.push_back(text); };
  find(disk::Workspace(dir.path()), search);
  CHECK(said.empty());
  search.quiet = std::chrono::milliseconds(0);
  find(disk::Workspace(dir.path()), search);
  CHECK(said == Strings{"files: looking for '**' (1 names so far)",
                        "files: looking for '**' (2 names so far)"});
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
  const Found found = find(disk::Workspace(dir.path()), {"a\nb", "", false});
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
