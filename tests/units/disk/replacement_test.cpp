// SPDX-License-Identifier: MIT
#include "disk/replacement.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>

#include "core/error.hpp"
#include "disk/workspace.hpp"
#include "in_thread.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using disk::Replacement;
using disk::Workspace;
using Links = Workspace::Links;

namespace {

Replacement replacement(const TempDir& dir, const std::string& path, Links links = Links::none) {
  return Workspace(dir.path()).replacement(path, "notes_path", links);
}

void put(const TempDir& dir, const std::string& path, const std::string& text,
         Links links = Links::none) {
  Replacement file = replacement(dir, path, links);
  file.write(text);
  file.commit();
}

std::string text_of(const TempDir& dir, const std::string& path) {
  return Workspace(dir.path()).read(path, "test");
}

/// The number of names in a directory, including those with a leading dot.
std::size_t names_in(const TempDir& dir) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()));
}

/// The error about a file that cannot be written.
std::string refusal(const TempDir& dir, const std::string& path, Links links = Links::none) {
  try {
    put(dir, path, "text", links);
  } catch (const core::Error& error) {
    CHECK(error.message.starts_with("notes_path: "));
    CHECK_FALSE(error.hint.empty());
    return error.message.substr(error.message.find(' ') + 1);
  }
  FAIL_CHECK("no error");
  return "";
}

}  // namespace

TEST_CASE("a text replaces the old file, or creates one, and leaves no temporary file") {
  const TempDir dir;
  put(dir, "new", "a\n");
  CHECK(text_of(dir, "new") == "a\n");
  dir.write("old", "a longer text");
  put(dir, "old", "b\n");
  CHECK(text_of(dir, "old") == "b\n");
  CHECK(names_in(dir) == 2);
}

TEST_CASE("a file keeps its mode and owner, a new one gets the usual mode") {
  const TempDir dir;
  const auto status = [&](const std::string& name) {
    struct stat result {};
    REQUIRE(stat((dir / name).c_str(), &result) == 0);
    return result;
  };
  const mode_t mask = umask(022);
  put(dir, "new", "a");
  umask(mask);
  CHECK((status("new").st_mode & 07777U) == 0644);
  fs::permissions(dir.write("script"), fs::perms(0751));
  if (geteuid() == 0) REQUIRE(chown((dir / "script").c_str(), 1234, 5678) == 0);
  const struct stat before = status("script");
  put(dir, "script", "b");
  CHECK(status("script").st_mode == before.st_mode);
  CHECK(status("script").st_uid == before.st_uid);
  CHECK(status("script").st_gid == before.st_gid);
}

TEST_CASE("an abandoned replacement changes nothing") {
  const TempDir dir;
  dir.write("a", "old");
  {
    Replacement file = replacement(dir, "a");
    file.write("new");
    CHECK(names_in(dir) == 2);
  }
  CHECK(text_of(dir, "a") == "old");
  CHECK(names_in(dir) == 1);
}

TEST_CASE("on a full disk the file stays complete") {
  const TempDir dir;
  const std::string old(1000, 'o');
  dir.write("a", old);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{500, before.rlim_max};  // EFBIG: like a full disk
  setrlimit(RLIMIT_FSIZE, &limit);
  std::string told;
  try {
    put(dir, "a", std::string(1000, 'n'));
  } catch (const core::Error& error) {
    told = error.message;
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(told == "notes_path: " + (dir / "a") + " cannot be written (File too large)");
  CHECK((text_of(dir, "a") == old));
  CHECK(names_in(dir) == 1);
}

TEST_CASE("a link in the workspace is followed to the file that is replaced, and stays a link") {
  const TempDir dir;
  dir.write("d/real", "old");
  fs::create_symlink("d/real", dir.path() / "link");
  put(dir, "link", "new", Links::followed);
  CHECK(fs::is_symlink(dir.path() / "link"));
  CHECK(text_of(dir, "d/real") == "new");
  CHECK(refusal(dir, "link") == (dir / "link is a symbolic link"));
}

TEST_CASE("paths that lead outside, and anything but a regular file, are not written") {
  const TempDir dir;
  const TempDir outside;
  const std::string victim = outside.write("a", "old");
  fs::create_symlink(victim, dir.path() / "out");
  fs::create_symlink(outside / "new", dir.path() / "out-new");
  fs::create_symlink("new", dir.path() / "in-new");
  fs::create_symlink("loop", dir.path() / "loop");
  fs::create_directory_symlink(outside.path(), dir.path() / "out-dir");
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  dir.write(".git/config", "old");
  fs::create_symlink(".git/config", dir.path() / "git");
  const std::size_t names = names_in(dir);
  for (const Links links : {Links::none, Links::followed}) {
    CHECK(refusal(dir, "out", links).find("outside the workspace") != std::string::npos);
    CHECK(refusal(dir, "out-new", links).find("outside the workspace") != std::string::npos);
    CHECK(refusal(dir, "out-dir/a", links).find("outside the workspace") != std::string::npos);
    CHECK(refusal(dir, "out-dir/new", links).find("outside the workspace") != std::string::npos);
    CHECK(refusal(dir, "in-new", links).find("symbolic link") != std::string::npos);
    CHECK(refusal(dir, "loop", links).find("points back to itself") != std::string::npos);
    CHECK(refusal(dir, "pipe", links).find("is a named pipe") != std::string::npos);
    CHECK(refusal(dir, ".", links).find("is a directory") != std::string::npos);
    CHECK(refusal(dir, ".git/config", links).find(".git directory are never") != std::string::npos);
    CHECK(refusal(dir, ".git/new", links).find(".git directory are never") != std::string::npos);
    CHECK(refusal(dir, "git", links).find(".git directory are never") != std::string::npos);
    CHECK(refusal(dir, "absent/a", links)
              .ends_with(links == Links::none ? "written (No such file or directory)"
                                              : "read (No such file or directory)"));
    CHECK(refusal(dir, "/dev/null", links).find("is a device") != std::string::npos);
  }
  CHECK(Workspace(outside.path()).read("a", "test") == "old");
  CHECK(names_in(outside) == 1);
  CHECK(names_in(dir) == names);
}

TEST_CASE("a directory without write permission is reported") {
  without_privileges([] {
    const TempDir dir;
    fs::permissions(dir.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(refusal(dir, "a") == (dir / "a cannot be written (Permission denied)"));
    fs::permissions(dir.path(), fs::perms::owner_all);
  });
}

TEST_CASE("a file that another process has changed since it was read is not replaced") {
  const TempDir dir;
  dir.write("a", "old");
  Replacement file = replacement(dir, "a");
  CHECK(file.read(100) == "old");
  file.write("new");
  dir.write("a", "theirs");
  try {
    file.commit();
    FAIL_CHECK("no error");
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    CHECK(error.message.find("another process changed") != std::string::npos);
  }
  CHECK(text_of(dir, "a") == "theirs");
}

TEST_CASE("the file is written to the directory that was opened, even if its path changes") {
  const TempDir dir;
  const TempDir outside;
  dir.write("d/a", "old");
  Replacement file = replacement(dir, "d/a");
  fs::rename(dir.path() / "d", dir.path() / "moved");
  fs::create_directory_symlink(outside.path(), dir.path() / "d");
  file.write("new");
  file.commit();
  CHECK(fs::is_empty(outside.path()));
  CHECK(text_of(dir, "moved/a") == "new");
}

TEST_CASE("two paths to one directory entry are the same place, two hard links are not") {
  const TempDir dir;
  dir.write("d/a");
  fs::create_symlink("d/a", dir.path() / "link");
  fs::create_hard_link(dir.path() / "d/a", dir.path() / "hard");
  const auto same = [&](const std::string& one, const std::string& two) {
    return replacement(dir, one, Links::followed)
        .is_of_same_place_as(replacement(dir, two, Links::followed));
  };
  CHECK(same("d/a", "d/../d/./a"));
  CHECK(same("d/a", "link"));
  CHECK_FALSE(same("d/a", "hard"));
}

TEST_CASE("directories are created only inside the workspace") {
  const TempDir dir;
  const TempDir outside;
  const Workspace workspace(dir.path());
  fs::create_directory_symlink(outside.path(), dir.path() / "out");
  fs::create_symlink("absent", dir.path() / "dangling");
  dir.write("file");
  CHECK_FALSE(workspace.has_directory("a/b/c", "init"));
  workspace.make_directories("a/b/c", "init");
  CHECK(workspace.has_directory("a/b/c", "init"));
  CHECK(fs::is_directory(dir.path() / "a/b/c"));
  for (const char* path : {"out/a", "dangling/a", "file/a", ".git/a"}) {
    INFO(path);
    CHECK_THROWS_AS(workspace.has_directory(path, "init"), core::Error);
    CHECK_THROWS_AS(workspace.make_directories(path, "init"), core::Error);
  }
  CHECK(fs::is_empty(outside.path()));
}
