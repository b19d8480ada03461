// SPDX-License-Identifier: MIT
// Links, special files, names and mistakes in a search for files.
#include "disk/files.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>

#include "core/text/text.hpp"
#include "in_thread.hpp"
#include "reads.hpp"
#include "temp_dir.hpp"
#include "units/disk/search.hpp"

namespace fs = std::filesystem;
using search::find;
using search::Found;
using search::Strings;

TEST_CASE("absolute and home paths lead out of the directory, with wildcards, too") {
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

TEST_CASE("wildcard characters in the directory's own name are literal") {
  const TempDir dir;
  dir.write("a[1]{x,y}*/f");
  dir.write("a1x/f");
  const std::string inner = dir / "a[1]{x,y}*";
  CHECK(find(disk::Workspace(inner), {"*\n", ""}).names == Strings{"f"});
  CHECK(find(disk::Workspace(inner), {"*\n!f", ""}).names.empty());
  CHECK(find(disk::Workspace(dir.path()), {"~/f", inner}).names == Strings{"f"});
}

TEST_CASE("a link may only end at a regular file inside the workspace") {
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
  CHECK(find(dir, "bad").complains("outside the workspace"));
  CHECK(find(dir, "way-out/*").complains("outside the workspace"));
  CHECK(find(dir, "dangling").complains("which does not exist"));
  CHECK(find(dir, "loop").problems.size() == 1);
  CHECK(find(dir, "*").problems.size() == 3);  // directories behind links are skipped
  CHECK(find(dir, "folder/real").names == Strings{"real"});
  const disk::Workspace workspace(dir.path().string() + "/", dir / "d/..");
  CHECK(find(workspace, {"good", ""}).names == Strings{"good"});
}

TEST_CASE("a link outside the workspace may not lead on, even to another place outside") {
  const TempDir dir;
  const TempDir outside;
  outside.write("real");
  fs::create_symlink("real", outside.path() / "link");
  CHECK(find(dir, outside / "real").names == Strings{"real"});
  CHECK(find(dir, outside / "link").complains("outside the workspace"));
}

TEST_CASE("special files are errors") {
  const TempDir dir;
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  CHECK(find(dir, "pipe").complains("is a named pipe, not a regular file"));
  CHECK(find(dir, "*").complains("is a named pipe, not a regular file"));
}

TEST_CASE("an unreadable file is an error") {
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
    CHECK(find(dir, "**").complains("Or exclude it: '!closed/**'."));
    CHECK(find(dir, "**\n!locked\n!closed/**").names == Strings{"open"});
    CHECK(find(dir, "**\n*/*\n!locked").problems.size() == 1);  // once
    const disk::Workspace workspace(dir.path());
    CHECK(find(workspace, {"closed/*", "", false}).problems.size() == 1);
    fs::permissions(dir.path() / "closed", fs::perms::owner_all);
  });
}

TEST_CASE("a file that reports a wrong size is an error") {
  const TempDir dir;
  const Found found = find(dir, "/proc/version");
  CHECK(found.complains("/proc/version does not have the size that the system reports"));
}

TEST_CASE("a file that is too large to be uploaded is an error") {
  const TempDir dir;
  dir.write("four", "1234");
  dir.write("five", "12345");
  disk::FileSearch search{"*", dir.path()};
  search.max_size = 4;
  const Found found = find(disk::Workspace(dir.path()), search);
  CHECK(found.problems.size() == 1);
  CHECK(found.complains("five has 5 B; this program uploads at most 4 B"));
}

TEST_CASE("names of the action's own files are rejected") {
  const TempDir dir;
  const std::string digest(64, 'a');
  dir.write(".sha256.50." + digest, "");
  dir.write("f");
  CHECK(find(dir, ".sha256*").complains("is reserved for this action's own assets"));
  CHECK(find(dir, "f => .sha256.7." + digest + ".f")
            .complains("is reserved for this action's own assets"));
  CHECK(find(dir, "f => .sha256.7." + digest + "0").problems.empty());
}

TEST_CASE("a search outside the workspace reveals no names, and has a limit") {
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
  CHECK(find(workspace, {outside / "a/*hidden", ""}).complains("/.*hidden'"));
  disk::FileSearch search{outside / "**", ""};
  search.max_outside = 5;
  CHECK(find(workspace, search).complains("searches more than 5 names outside the workspace"));
  search.max_outside = 6;
  CHECK(find(workspace, search).names == Strings{"secret.txt", "x"});
  search.patterns = dir / "**/x";
  search.max_outside = 0;
  dir.write("x");
  CHECK(find(workspace, search).names == Strings{"x"});
}

TEST_CASE("a search that takes long logs where it is") {
  const TempDir dir;
  dir.write("a/b");
  Strings said;
  disk::FileSearch search{"**", ""};
  search.say = [&](const std::string& text) { said.push_back(text); };
  find(disk::Workspace(dir.path()), search);
  CHECK(said.empty());
  search.quiet = std::chrono::milliseconds(0);
  find(disk::Workspace(dir.path()), search);
  CHECK(said == Strings{"files: searching for '**' (1 names so far)",
                        "files: searching for '**' (2 names so far)"});
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

TEST_CASE("an unmatched pattern is reported with the directory and up to five similar files") {
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

TEST_CASE("a pattern longer than any name is unmatched, like any other") {
  const TempDir dir;
  CHECK(find(dir, std::string(300, 'a')).complains("matches nothing"));
}

TEST_CASE("all mistakes in the patterns are reported together") {
  const TempDir dir;
  dir.write("a/x");
  dir.write("b/x");
  dir.write("y");
  fs::create_symlink("absent", dir.path() / "dangling");
  const Found found = find(dir, "none\n*/x\na\n{open\n!{also\ny => .\ndangling\n* => z");
  CHECK(found.problems.size() == 8);
}
