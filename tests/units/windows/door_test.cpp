// SPDX-License-Identifier: MIT
// The door to the workspace on Windows: names that mean something else there, and drives.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <variant>

#include "disk/at.hpp"
#include "disk/windows.hpp"
#include "disk/workspace.hpp"
#include "folder.hpp"

namespace {

using disk::Obstacle;
using disk::Workspace;
using on_windows::Folder;
using Reason = Obstacle::Reason;

/// Why a file cannot be opened; nullopt if it can be.
std::optional<Reason> refusal(const Workspace& workspace, const std::string& path) {
  const auto opened = workspace.try_open(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&opened)) return obstacle->reason;
  return std::nullopt;
}

}  // namespace

TEST_CASE("names that Windows reserves are known") {
  const std::string name = GENERATE("con", "NUL", "nul.txt", "Aux.tar.gz", "COM1", "lpt9.log",
                                    "com\u00b2", "CONIN$", "prn .txt", "a:b", "a.txt::$DATA", "a*",
                                    "a?", "a<b", "a|b", "a\"b", "a\\b", "a.", "a ", "tab\there");
  INFO(name);
  CHECK_FALSE(disk::reserved_meaning_of(name).empty());
}

TEST_CASE("names that are like reserved ones are not") {
  const std::string name = GENERATE("console", "null.txt", "com", "com10", "lptx", "a.con",
                                    ".gitea", "a b", "gr\u00fc\u00df.txt", "...a");
  INFO(name);
  CHECK(disk::reserved_meaning_of(name).empty());
}

TEST_CASE("other spellings of .git are known") {
  for (const char* name : {".git", ".GIT", ".git.", ".git ", ".git. .", ".git::$INDEX_ALLOCATION",
                           ".Git:x", "GIT~1", "git~12"}) {
    INFO(name);
    CHECK(disk::is_spelling_of_git(name));
  }
  for (const char* name : {"git", ".gitea", ".gitignore", "git~", "git~a", "digit~1"}) {
    INFO(name);
    CHECK_FALSE(disk::is_spelling_of_git(name));
  }
}

TEST_CASE("no reserved name and no spelling of .git is opened") {
  const Folder folder;
  folder.put("a.txt", "a");
  folder.put(".git/config", "secret");
  const Workspace workspace(folder.path());
  CHECK_FALSE(refusal(workspace, "a.txt"));
  CHECK(refusal(workspace, "NUL") == Reason::special);
  CHECK(refusal(workspace, "con/a.txt") == Reason::special);
  CHECK(refusal(workspace, "a.txt::$DATA") == Reason::special);
  CHECK(refusal(workspace, "a.txt.") == Reason::special);
  for (const char* path : {".git/config", ".GIT/config", ".git./config", "GIT~1/config",
                           ".git::$INDEX_ALLOCATION/config"}) {
    INFO(path);
    CHECK(refusal(workspace, path) == Reason::in_git);
  }
}

TEST_CASE("what is below the workspace is found by any spelling of its path") {
  const Folder folder;
  folder.put("w/d/a.txt", "a");
  folder.put("other.txt", "o");
  const Workspace workspace(folder / "w");
  CHECK_FALSE(refusal(workspace, "d/../d/./a.txt"));
  CHECK_FALSE(refusal(workspace, folder / "w/d/a.txt"));
  CHECK(refusal(workspace, "d/b.txt") == Reason::absent);
  CHECK(refusal(workspace, "d") == Reason::special);
  CHECK(refusal(workspace, "d/a.txt/x") == Reason::not_directory);
  CHECK(workspace.has_inside("d/a.txt"));
  CHECK_FALSE(workspace.has_inside("../other.txt"));
  CHECK_FALSE(workspace.has_inside("D:/other.txt"));
  CHECK_FALSE(refusal(workspace, "../other.txt"));  // the user wrote it
}

TEST_CASE("a workspace is given with backslashes, in another case, or with a directory in it") {
  const Folder folder;
  folder.put("w/d/a.txt", "a");
  std::string spelled = folder / "w";
  for (char& c : spelled) c = c == '/' ? '\\' : static_cast<char>(std::toupper(c));
  CHECK_FALSE(refusal(Workspace(core::with_slashes(spelled)), "d/a.txt"));
  const Workspace below(folder / "w", "d");
  CHECK(below.directory() == folder / "w/d");
  CHECK_FALSE(refusal(below, "a.txt"));
  CHECK(refusal(below, "../.git/a.txt") == Reason::in_git);
}

TEST_CASE("a file is listed, read, written and replaced under a name that is not ASCII") {
  const Folder folder;
  const std::string name = "gr\u00fc\u00df \u65e5.txt";
  folder.put(name, "a\r\nb\x1a");
  const Workspace workspace(folder.path());
  const auto entries = std::get<std::vector<disk::Entry>>(workspace.list("."));
  REQUIRE(entries.size() == 1);
  CHECK(entries.front().name == name);
  CHECK(workspace.read(name, "files") == "a\r\nb\x1a");
  auto file = workspace.replacement(name, "files", Workspace::Links::followed);
  CHECK(file.read(100) == "a\r\nb\x1a");
  file.write("one\ntwo\r\n");
  file.commit();
  CHECK(folder.content(name) == "one\ntwo\r\n");
  workspace.make_directories("new/\u65e5", "directory");
  CHECK(workspace.has_directory("new/\u65e5", "directory"));
}

TEST_CASE("a path of more than 260 characters is used") {
  if (GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr) {
    SKIP("wine 8 does not tell where an open directory with such a path is");
  }
  const Folder folder;
  std::string path;
  for (int i = 0; i < 6; ++i) path += std::string(60, static_cast<char>('a' + i)) + "/";
  const Workspace workspace(folder.path());
  workspace.make_directories(path, "directory");
  auto file = workspace.replacement(path + "a.txt", "files", Workspace::Links::none);
  file.write("long");
  file.commit_as_new();
  CHECK(workspace.read(path + "a.txt", "files") == "long");
}
