// SPDX-License-Identifier: MIT
// The workspace itself, the working directory, and directory listings.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>

#include "core/error.hpp"
#include "disk/workspace.hpp"
#include "in_thread.hpp"
#include "temp_dir.hpp"
#include "units/disk/workspace_checkout.hpp"

namespace fs = std::filesystem;
using disk::Workspace;
using workspace_checkout::Checkout;
using workspace_checkout::each_way;
using workspace_checkout::read;

TEST_CASE("the workspace may be named by a link, and links in it may use either name") {
  const TempDir dir;
  dir.write("real/a", "a");
  fs::create_directory_symlink("real", dir.path() / "named");
  fs::create_symlink(dir / "named/a", dir.path() / "real/by-name");
  fs::create_symlink(dir / "real/a", dir.path() / "real/by-path");
  fs::create_symlink(dir / "named", dir.path() / "real/self");
  each_way([&] {
    for (const std::string root : {"named", "named/", "real", "real/../named"}) {
      INFO(root);
      const Workspace workspace(dir / root);
      CHECK(read(workspace, "a") == "a");
      CHECK(read(workspace, "by-path") == "a");
      CHECK(read(workspace, dir / "real/a") == "a");
      if (root.find("named") == root.npos) continue;
      CHECK(read(workspace, "by-name") == "a");
      CHECK(read(workspace, "self/by-path") == "a");
    }
  });
}

TEST_CASE("paths start at the working directory, which a link may not lead out of the workspace") {
  const Checkout checkout;
  const auto at = [&](const std::string& directory) {
    return Workspace(checkout.inside.path(), directory);
  };
  each_way([&] {
    CHECK(read(at("d"), "b.txt") == "d/b.txt");
    CHECK(read(at("d"), "../a.txt") == "a.txt");
    CHECK(read(at("d/e/.."), "b.txt") == "d/b.txt");
    CHECK(read(at("to-dir"), "b.txt") == "d/b.txt");
    CHECK(read(at(checkout.inside / "d"), "b.txt") == "d/b.txt");
    for (const std::string directory : {"d", "to-dir", ".", "", "d/.."}) {
      CHECK_NOTHROW(at(directory).check_directory());
    }
    for (const std::string& directory :
         {std::string("out-dir"), std::string("out-above"), std::string("a.txt"),
          std::string("absent"), std::string("loop"), std::string(".git"), std::string("git-dir"),
          checkout.inside / "out-dir", checkout.inside / "a.txt"}) {
      INFO(directory);
      CHECK_THROWS_AS(at(directory).check_directory(), core::Error);
    }
    CHECK(read(at("out-dir"), "secret").find("outside the workspace") != std::string::npos);
    CHECK(read(at("out-dir"), "../secret").find("outside the workspace") != std::string::npos);
    CHECK(read(at("out-dir"), "../a.txt").find("outside the workspace") != std::string::npos);
  });
}

TEST_CASE("a named working directory outside the workspace becomes the workspace") {
  const Checkout checkout;
  const TempDir& out = checkout.outside;
  fs::create_symlink("../" + checkout.inside.path().filename().string() + "/a.txt",
                     out.path() / "d/back");
  fs::create_symlink("../secret", out.path() / "d/up");
  each_way([&] {
    const Workspace workspace(checkout.inside.path(), out / "d");
    CHECK_NOTHROW(workspace.check_directory());
    CHECK(read(workspace, "secret") == "secret");
    CHECK(read(workspace, "up").find("outside the workspace") != std::string::npos);
    CHECK(read(workspace, "back").find("outside the workspace") != std::string::npos);
    CHECK(workspace.directory() == (out / "d"));
  });
  CHECK_THROWS_AS(Workspace(checkout.inside.path(), out / "none"), core::Error);
  CHECK_THROWS_AS(Workspace(checkout.inside.path(), out / "secret"), core::Error);
}

TEST_CASE("a workspace that does not exist is an error that names it") {
  const TempDir dir;
  for (const std::string& path : {dir / "none", dir.write("file")}) {
    try {
      const Workspace workspace(path);
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.starts_with("the workspace: " + path));
    }
  }
}

TEST_CASE("reads continue in the opened directory, even if its path leads elsewhere now") {
  const TempDir dir;
  const TempDir outside;
  outside.write("b", "secret");
  dir.write("d/b", "text");
  const Workspace workspace(dir.path());
  each_way([&] {
    const disk::File file = workspace.open("d/b", "files");
    fs::rename(dir.path() / "d", dir.path() / "old");
    fs::create_directory_symlink(outside.path(), dir.path() / "d");
    CHECK(file.read_all(100) == "text");
    fs::remove(dir.path() / "d");
    fs::rename(dir.path() / "old", dir.path() / "d");
  });
}

TEST_CASE("a directory is listed sorted, with the types of its entries, without .git") {
  const Checkout checkout;
  const TempDir dir;
  for (const char* name : {"b", ".hidden", "a/x", ".git/config", "c/.GIT/x"}) dir.write(name);
  fs::create_symlink("a", dir.path() / "l");
  REQUIRE(mkfifo((dir / "p").c_str(), 0600) == 0);
  const Workspace workspace(dir.path());
  const auto names = [&](const std::string& path) {
    std::string result;
    const auto listed = workspace.list(path);
    REQUIRE(std::holds_alternative<std::vector<disk::Entry>>(listed));
    for (const disk::Entry& entry : std::get<0>(listed)) {
      result += entry.name + "=" + "fdlo"[static_cast<int>(entry.kind)] + " ";
    }
    return result;
  };
  each_way([&] {
    CHECK(names(".") == ".hidden=f a=d b=f c=d l=l p=o ");
    CHECK(names("l") == "x=f ");
    CHECK(names("c").empty());
    CHECK(std::get<1>(workspace.list("absent")).reason == disk::Obstacle::Reason::absent);
    CHECK(std::get<1>(workspace.list("b")).reason == disk::Obstacle::Reason::not_directory);
    CHECK(std::get<1>(workspace.list(".git")).reason == disk::Obstacle::Reason::in_git);
    CHECK(std::get<1>(Workspace(checkout.inside.path()).list("out-dir")).reason ==
          disk::Obstacle::Reason::leads_out);
  });
}

TEST_CASE("reading many paths leaves no descriptor open") {
  const Checkout checkout;
  const Workspace workspace(checkout.inside.path());
  const auto count = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  each_way([&] {
    const auto before = count();
    for (const char* path : {"a.txt", "to-link/e/c.txt", "out", "loop", "pipe", "d", "absent/x"}) {
      read(workspace, path);
      workspace.list(path);
    }
    CHECK(count() == before);
  });
}
