// SPDX-License-Identifier: MIT
// The door to the workspace, by the kernel's own check and without it: both open the same.
#include "disk/workspace.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <cstring>
#include <functional>
#include <map>

#include "core/error.hpp"
#include "in_thread.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using disk::Workspace;

namespace {

/// As an old kernel and an old Docker answer openat2; 0: as a new kernel does.
constexpr int ways[] = {0, ENOSYS, EPERM};

void each_way(const std::function<void()>& work) {
  for (const int error : ways) {
    INFO("openat2: " << (error == 0 ? "there" : std::strerror(error)));
    without_openat2(error, work);
  }
}

/// What reading it gives: the text, or "!" and the message.
std::string read(const Workspace& workspace, const std::string& path,
                 std::uint64_t limit = disk::text_limit) {
  try {
    return workspace.read(path, "body_path", limit);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    CHECK(error.message.starts_with("body_path: "));
    CHECK_FALSE(error.hint.empty());
    return "!" + error.message.substr(error.message.find(' ') + 1);
  }
}

void make_socket(const std::string& path) {
  sockaddr_un address{AF_UNIX, {}};
  REQUIRE(path.size() < sizeof address.sun_path);
  std::strcpy(address.sun_path, path.c_str());
  const disk::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM, 0));
  REQUIRE(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

/// A workspace with everything in it that a checkout can bring.
struct Checkout {
  Checkout() {
    outside.write("secret", "secret");
    outside.write("d/secret", "secret");
    for (const char* name : {"a.txt", "d/b.txt", "d/e/c.txt", ".git/config", "sub/.git/x"}) {
      inside.write(name, name);
    }
    link("d/b.txt", "to-file");
    link("d", "to-dir");
    link("to-dir", "to-link");
    link(inside / "d/b.txt", "to-absolute");
    link(inside.path(), "to-root");
    link("../a.txt", "d/up");
    link(outside / "secret", "out");
    link("out", "out-by-chain");
    link(outside / "d", "out-dir");
    link("d/../..", "out-above");
    link("../" + outside.path().filename().string() + "/secret", "out-relative");
    link("/proc/self/environ", "out-proc");
    link("/dev/zero", "out-device");
    link("absent", "dangling");
    link("loop", "loop");
    link("loop-b", "loop-a");
    link("loop-a", "loop-b");
    link(".git/config", "git-file");
    link(".git", "git-dir");
    link("d/../.git/config", "git-around");
    REQUIRE(mkfifo((inside / "pipe").c_str(), 0600) == 0);
    link("pipe", "to-pipe");
  }
  void link(const std::string& target, const std::string& name) const {
    fs::create_symlink(target, inside.path() / name);
  }

  TempDir outside;
  TempDir inside;
};

}  // namespace

TEST_CASE("a path and links that stay in the workspace open what they name") {
  const Checkout checkout;
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    for (const auto& [path, text] : std::map<std::string, std::string>{
             {"a.txt", "a.txt"},
             {"./a.txt", "a.txt"},
             {"d//b.txt", "d/b.txt"},
             {"d/../a.txt", "a.txt"},
             {"d/e/../../a.txt", "a.txt"},
             {"to-file", "d/b.txt"},
             {"to-dir/b.txt", "d/b.txt"},
             {"to-link/e/c.txt", "d/e/c.txt"},
             {"to-absolute", "d/b.txt"},
             {"to-root/d/b.txt", "d/b.txt"},
             {"to-dir/up", "a.txt"},
             {"to-dir/../a.txt", "a.txt"},
             {"../" + checkout.inside.path().filename().string() + "/a.txt", "a.txt"},
             {checkout.inside / "d/b.txt", "d/b.txt"},
             {checkout.inside / "to-file", "d/b.txt"},
             {checkout.inside / "d/../a.txt", "a.txt"}}) {
      INFO(path);
      CHECK(read(workspace, path) == text);
    }
  });
}

TEST_CASE("a path that links lead out of the workspace is refused, by whatever way") {
  const Checkout checkout;
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    for (const std::string path :
         {"out", "out-by-chain", "out-dir/secret", "out-dir/../secret", "out-above/x",
          "out-relative", "out-proc", "out-device", "to-root/out", "to-dir/../out",
          "out-dir/../a.txt", "out-dir/absent"}) {
      INFO(path);
      const std::string told = read(workspace, path);
      CHECK(told.find("leads out of the workspace") != std::string::npos);
      CHECK(told.find("environ") == (path == "out-proc" ? told.rfind("environ") : told.npos));
    }
    CHECK(read(workspace, checkout.inside / "out").find("leads out") != std::string::npos);
    CHECK(read(workspace, "out-by-chain") ==
          "!" + (checkout.inside / "out-by-chain") + ": " + (checkout.inside / "out") +
              " is a symbolic link that leads out of the workspace, to " +
              (checkout.outside / "secret"));
  });
}

TEST_CASE("nothing in a .git is opened, nor such a file itself") {
  const Checkout checkout;
  checkout.inside.write("worktree/.git", "gitdir: elsewhere");
  checkout.inside.write("shout/.GIT/config", "x");
  checkout.inside.write(".gitignore", "x");
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    for (const std::string& path :
         {std::string(".git/config"), std::string("./.git//config"),
          std::string("d/../.git/config"), std::string("sub/.git/x"), std::string("git-file"),
          std::string("git-dir/config"), std::string("git-around"), std::string("worktree/.git"),
          std::string("shout/.GIT/config"), std::string(".git"), std::string(".git/absent"),
          checkout.inside / ".git/config"}) {
      INFO(path);
      const std::string told = read(workspace, path);
      CHECK(told.find("what belongs to git is never read, sent or written") != std::string::npos);
    }
    CHECK(read(workspace, ".gitignore") == "x");
  });
}

TEST_CASE("what is no regular file is told at once, and what it is") {
  const Checkout checkout;
  make_socket(checkout.inside / "socket");
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    for (const auto& [path, what] : std::map<std::string, std::string>{{"pipe", "named pipe"},
                                                                       {"to-pipe", "named pipe"},
                                                                       {"socket", "socket"},
                                                                       {"d", "directory"},
                                                                       {"d/", "directory"},
                                                                       {"to-dir", "directory"},
                                                                       {".", "directory"},
                                                                       {"/dev/zero", "device"},
                                                                       {"/dev/null", "device"}}) {
      INFO(path);
      CHECK(read(workspace, path) ==
            "!" + workspace.absolute(path) + " is a " + what + ", not a regular file");
    }
  });
}

TEST_CASE("every other thing in the way is one sentence") {
  const Checkout checkout;
  const TempDir& dir = checkout.inside;
  const Workspace workspace(dir.path());
  each_way([&] {
    CHECK(read(workspace, "absent") ==
          "!" + (dir / "absent cannot be read (No such file or directory)"));
    CHECK(read(workspace, "absent/x") ==
          "!" + (dir / "absent/x cannot be read (No such file or directory)"));
    CHECK(read(workspace, "a.txt/x") ==
          "!" + (dir / "a.txt/x cannot be read: ") + (dir / "a.txt is not a directory"));
    CHECK(read(workspace, "dangling") ==
          "!" + (dir / "dangling is a symbolic link to nothing (absent)"));
    CHECK(read(workspace, "loop") ==
          "!" + (dir / "loop is a symbolic link that leads back to itself"));
    CHECK(read(workspace, "loop-a").find("leads back to itself") != std::string::npos);
    CHECK(read(workspace, "loop/x").find("leads back to itself") != std::string::npos);
    CHECK(read(workspace, std::string(300, 'a')).ends_with("cannot be read (File name too long)"));
    CHECK(read(workspace, std::string(9000, 'a')).ends_with("cannot be read (File name too long)"));
    CHECK(read(workspace, "d/" + std::string(300, 'a') + "/x").ends_with("(File name too long)"));
    CHECK(read(workspace, "a\n::error::x").find('\n') == std::string::npos);
  });
}

TEST_CASE("what may not be read is told, and who may not") {
  without_privileges([] {
    const TempDir dir;
    const Workspace workspace(dir.path());
    fs::permissions(dir.write("locked"), fs::perms::none);
    fs::permissions(fs::path(dir.write("closed/x")).parent_path(), fs::perms::none);
    each_way([&] {
      CHECK(read(workspace, "locked") == "!" + (dir / "locked cannot be read (Permission denied)"));
      CHECK(read(workspace, "closed/x") ==
            "!" + (dir / "closed/x cannot be read (Permission denied)"));
      try {
        workspace.read_if_there("closed/x", "config");
        FAIL_CHECK("no error");
      } catch (const core::Error& error) {
        CHECK(error.hint == "Give the user that this job runs as (" + std::to_string(geteuid()) +
                                ") the right to do it.");
      }
    });
    fs::permissions(dir.path() / "closed", fs::perms::owner_all);
    fs::permissions(dir.path(), fs::perms::none);
    each_way([&] {
      CHECK(read(Workspace(dir.path()), "a").ends_with("a cannot be read (Permission denied)"));
      CHECK_THROWS_AS(Workspace(dir.path()).read_if_there("a", "config"), core::Error);
    });
    fs::permissions(dir.path(), fs::perms::owner_all);
  });
}

TEST_CASE("a text has a limit, whatever its size is said to be") {
  const TempDir dir;
  dir.write("ten", "1234567890");
  const Workspace workspace(dir.path());
  CHECK(read(workspace, "ten", 10) == "1234567890");
  CHECK(read(workspace, "ten", 9) == "!" + (dir / "ten is larger than 9 B"));
  CHECK(read(workspace, "/proc/self/status", 20).ends_with("is larger than 20 B"));
  fs::resize_file(dir.write("large"), std::uintmax_t{1} << 40);
  CHECK(read(workspace, "large") == "!" + (dir / "large is larger than 16.0 MiB"));
}

TEST_CASE("only what is not there is absent") {
  const Checkout checkout;
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    CHECK(workspace.read_if_there("a.txt", "x") == "a.txt");
    CHECK_FALSE(workspace.read_if_there("absent", "x"));
    CHECK_FALSE(workspace.read_if_there("absent/absent", "x"));
    CHECK_FALSE(workspace.read_if_there("a.txt/absent", "x"));
    for (const char* path : {"out", "dangling", "loop", "pipe", "d", "git-file"}) {
      INFO(path);
      CHECK_THROWS_AS(workspace.read_if_there(path, "x"), core::Error);
    }
  });
}

TEST_CASE("a path outside that is written out is somebody's wish, a link there is none") {
  const Checkout checkout;
  const TempDir& out = checkout.outside;
  const TempDir& in = checkout.inside;
  out.write(".git/config");
  fs::create_symlink("secret", out.path() / "link");
  fs::create_symlink(in / "a.txt", out.path() / "link-back");
  fs::create_directory_symlink("d", out.path() / "dir-link");
  fs::create_directory_symlink(in.path(), out.path() / "ws");
  const Workspace workspace(in.path());
  each_way([&] {
    CHECK(read(workspace, out / "secret") == "secret");
    CHECK(read(workspace, "../" + out.path().filename().string() + "/secret") == "secret");
    CHECK(read(workspace, out / "dir-link/secret") == "secret");
    CHECK(read(workspace, out / "link-back") == "a.txt");
    CHECK(read(workspace, out / "ws/d/b.txt") == "d/b.txt");
    CHECK(read(workspace, out / "link").find("leads out of the workspace") != std::string::npos);
    CHECK(read(workspace, out / ".git/config").find("belongs to git") != std::string::npos);
    // By another name of the workspace its links lead out no better.
    CHECK(read(workspace, out / "ws/out").find("leads out") != std::string::npos);
    CHECK(read(workspace, out / "ws/out-dir/secret").find("leads out") != std::string::npos);
    CHECK(read(workspace, out / "ws/git-file").find("belongs to git") != std::string::npos);
  });
}

TEST_CASE("the workspace may be named by a link, and links in it may name it either way") {
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

TEST_CASE("paths start at the working directory, which a link may not lead out") {
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
    CHECK(read(at("out-dir"), "secret").find("leads out") != std::string::npos);
    CHECK(read(at("out-dir"), "../secret").find("leads out") != std::string::npos);
    CHECK(read(at("out-dir"), "../a.txt").find("leads out") != std::string::npos);
  });
}

TEST_CASE("a working directory outside that is named is a workspace of its own") {
  const Checkout checkout;
  const TempDir& out = checkout.outside;
  fs::create_symlink("../" + checkout.inside.path().filename().string() + "/a.txt",
                     out.path() / "d/back");
  fs::create_symlink("../secret", out.path() / "d/up");
  each_way([&] {
    const Workspace workspace(checkout.inside.path(), out / "d");
    CHECK_NOTHROW(workspace.check_directory());
    CHECK(read(workspace, "secret") == "secret");
    CHECK(read(workspace, "up").find("leads out") != std::string::npos);
    CHECK(read(workspace, "back").find("leads out") != std::string::npos);
    CHECK(workspace.directory() == (out / "d"));
  });
  CHECK_THROWS_AS(Workspace(checkout.inside.path(), out / "none"), core::Error);
  CHECK_THROWS_AS(Workspace(checkout.inside.path(), out / "secret"), core::Error);
}

TEST_CASE("a workspace that is not there is an error that names it") {
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

TEST_CASE("what was opened is what is read, whatever the path leads to since") {
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

TEST_CASE("a directory is listed sorted, with what its names are, without .git") {
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
