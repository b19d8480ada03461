// SPDX-License-Identifier: MIT
// What can be opened in the workspace, with the kernel's openat2 and without it.
#include "disk/workspace.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <map>

#include "core/error.hpp"
#include "in_thread.hpp"
#include "temp_dir.hpp"
#include "units/disk/workspace_checkout.hpp"

namespace fs = std::filesystem;
using disk::Workspace;
using workspace_checkout::Checkout;
using workspace_checkout::each_way;
using workspace_checkout::read;

namespace {

void make_socket(const std::string& path) {
  sockaddr_un address{AF_UNIX, {}};
  REQUIRE(path.size() < sizeof address.sun_path);
  std::strcpy(address.sun_path, path.c_str());
  const disk::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM, 0));
  REQUIRE(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

}  // namespace

TEST_CASE("paths and links that stay in the workspace are opened") {
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

TEST_CASE("a path that leaves the workspace through links is rejected in every form") {
  const Checkout checkout;
  const Workspace workspace(checkout.inside.path());
  each_way([&] {
    for (const std::string path :
         {"out", "out-by-chain", "out-dir/secret", "out-dir/../secret", "out-above/x",
          "out-relative", "out-proc", "out-device", "to-root/out", "to-dir/../out",
          "out-dir/../a.txt", "out-dir/absent"}) {
      INFO(path);
      const std::string told = read(workspace, path);
      CHECK(told.find("outside the workspace") != std::string::npos);
      CHECK(told.find("environ") == (path == "out-proc" ? told.rfind("environ") : told.npos));
    }
    CHECK(read(workspace, checkout.inside / "out").find("outside the workspace") !=
          std::string::npos);
    CHECK(read(workspace, "out-by-chain") ==
          "!" + (checkout.inside / "out-by-chain") + ": " + (checkout.inside / "out") +
              " is a symbolic link to " + (checkout.outside / "secret") +
              ", which is outside the workspace");
  });
}

TEST_CASE("nothing in .git is opened, nor a file of that name") {
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
      CHECK(told.find("files in a .git directory are never read, uploaded or written") !=
            std::string::npos);
    }
    CHECK(read(workspace, ".gitignore") == "x");
  });
}

TEST_CASE("anything but a regular file is reported at once, with its type") {
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

TEST_CASE("every other obstacle gives a one-line message") {
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
          "!" + (dir / "dangling is a symbolic link to absent, which does not exist"));
    CHECK(read(workspace, "loop") ==
          "!" + (dir / "loop is a symbolic link that points back to itself"));
    CHECK(read(workspace, "loop-a").find("points back to itself") != std::string::npos);
    CHECK(read(workspace, "loop/x").find("points back to itself") != std::string::npos);
    CHECK(read(workspace, std::string(300, 'a')).ends_with("cannot be read (File name too long)"));
    CHECK(read(workspace, std::string(9000, 'a')).ends_with("cannot be read (File name too long)"));
    CHECK(read(workspace, "d/" + std::string(300, 'a') + "/x").ends_with("(File name too long)"));
    CHECK(read(workspace, "a\n::error::x").find('\n') == std::string::npos);
  });
}

TEST_CASE("missing permissions are reported, with the user's id") {
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
        CHECK(error.hint == "Give the user that runs this job (uid " + std::to_string(geteuid()) +
                                ") the permission.");
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

TEST_CASE("the limit for a text applies even if the reported size is smaller") {
  const TempDir dir;
  dir.write("ten", "1234567890");
  const Workspace workspace(dir.path());
  CHECK(read(workspace, "ten", 10) == "1234567890");
  CHECK(read(workspace, "ten", 9) == "!" + (dir / "ten is larger than 9 B"));
  CHECK(read(workspace, "/proc/self/status", 20).ends_with("is larger than 20 B"));
  fs::resize_file(dir.write("large"), std::uintmax_t{1} << 40);
  CHECK(read(workspace, "large") == "!" + (dir / "large is larger than 16.0 MiB"));
}

TEST_CASE("only a missing file is absent") {
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

TEST_CASE("a path outside may be written out by the user, but not reached through a link") {
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
    CHECK(read(workspace, out / "link").find("outside the workspace") != std::string::npos);
    CHECK(read(workspace, out / ".git/config").find(".git directory are never") !=
          std::string::npos);
    // Under another name of the workspace its links cannot leave it either.
    CHECK(read(workspace, out / "ws/out").find("outside the workspace") != std::string::npos);
    CHECK(read(workspace, out / "ws/out-dir/secret").find("outside the workspace") !=
          std::string::npos);
    CHECK(read(workspace, out / "ws/git-file").find(".git directory are never") !=
          std::string::npos);
  });
}
