// SPDX-License-Identifier: MIT
// A workspace with everything that a checkout can contain, and ways to open it.
#pragma once

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "disk/workspace.hpp"
#include "in_thread.hpp"
#include "temp_dir.hpp"

namespace workspace_checkout {

namespace fs = std::filesystem;
using disk::Workspace;

/// With openat2 failing like on an old kernel and with an old Docker; 0: like on a new kernel.
inline constexpr int ways[] = {0, ENOSYS, EPERM};

inline void each_way(const std::function<void()>& work) {
  for (const int error : ways) {
    INFO("openat2: " << (error == 0 ? "there" : std::strerror(error)));
    without_openat2(error, work);
  }
}

/// The result of reading it: the text, or "!" and the message.
inline std::string read(const Workspace& workspace, const std::string& path,
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

/// A workspace with everything that a checkout can contain.
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

}  // namespace workspace_checkout
