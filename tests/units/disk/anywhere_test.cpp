// SPDX-License-Identifier: MIT
#include "disk/anywhere.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "core/error.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using disk::Descriptor;

namespace {

constexpr std::uint64_t limit = 100;
constexpr std::chrono::milliseconds at_once{1};

std::string read(const std::string& path) {
  try {
    return disk::read_anywhere(path, "ca_cert", limit);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    CHECK(error.message.starts_with("ca_cert: "));
    return "!" + error.message.substr(error.message.find(' ') + 1);
  }
}

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
    out = Descriptor(ends[0]);
    in = Descriptor(ends[1]);
  }
  void write(const std::string& text) const {
    REQUIRE(::write(in.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  std::string path() const { return "/dev/fd/" + std::to_string(out.get()); }

  Descriptor out;
  Descriptor in;
};

}  // namespace

TEST_CASE("a file may be anywhere, and links may lead to it") {
  const TempDir dir;
  dir.write("d/a", "text");
  fs::create_symlink("d/a", dir.path() / "link");
  fs::create_symlink(dir / "link", dir.path() / "chain");
  CHECK(read(dir / "d/a") == "text");
  CHECK(read(dir / "chain") == "text");
  CHECK(read(dir / "d/../link") == "text");
}

TEST_CASE("anything that is not a regular file, too large, or in .git is rejected at once") {
  const TempDir dir;
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  dir.write("large", std::string(limit + 1, 'x'));
  dir.write(".git/config");
  fs::create_symlink(".git/config", dir.path() / "git");
  fs::create_symlink("loop", dir.path() / "loop");
  CHECK(read(dir / "pipe") == "!" + (dir / "pipe is a named pipe, not a regular file"));
  CHECK(read("/dev/zero") == "!/dev/zero is a device, not a regular file");
  CHECK(read(dir.path()).ends_with("is a directory, not a regular file"));
  CHECK(read(dir / "large") == "!" + (dir / "large is larger than 100 B"));
  CHECK(read(dir / "git").find(".git directory are never") != std::string::npos);
  CHECK(read(dir / "loop").find("points back to itself") != std::string::npos);
  CHECK(read(dir / "absent").ends_with("absent cannot be read (No such file or directory)"));
  CHECK(read("/proc/self/status").ends_with("is larger than 100 B"));
}

TEST_CASE("descriptors are recognized by the paths that shells use") {
  using disk::descriptor_named;
  CHECK(descriptor_named("/dev/stdin") == 0);
  CHECK(descriptor_named("/dev/fd/63") == 63);
  CHECK(descriptor_named("/proc/self/fd/3") == 3);
  for (const char* path : {"/dev/fd/", "/dev/fd/x", "/dev/fd/3x", "/dev/fd/-1", "dev/fd/3",
                           "/dev/fd/99999999999", "/proc/1/fd/3", "-"}) {
    INFO(path);
    CHECK_FALSE(descriptor_named(path));
  }
}

TEST_CASE("a pipe from a shell is read to its end, even in pieces") {
  Pipe pipe;
  pipe.write("one ");
  std::thread writer([&] {
    pipe.write("two");
    pipe.in = {};
  });
  CHECK(read(pipe.path()) == "one two");
  writer.join();
  CHECK(read("/dev/fd/9999") == "!/dev/fd/9999 cannot be read (Bad file descriptor)");
}

TEST_CASE("a pipe that is never closed, or is very slow, is given up") {
  const Pipe pipe;
  const auto told = [&] {
    try {
      disk::read_descriptor(pipe.out.get(), "/dev/fd/63", "--token-file", limit, at_once);
    } catch (const core::Error& error) {
      return error.message;
    }
    return std::string("no error");
  };
  CHECK(told() == "--token-file: /dev/fd/63 did not reach its end within 1 s");
  pipe.write("a");
  CHECK(told().find("did not reach its end") != std::string::npos);
}

TEST_CASE("a device behind a descriptor is read only up to the limit") {
  const Descriptor zero(open("/dev/zero", O_RDONLY | O_CLOEXEC));
  CHECK(read("/dev/fd/" + std::to_string(zero.get())).ends_with("is larger than 100 B"));
  const Descriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  CHECK(read("/dev/fd/" + std::to_string(null.get())).empty());
}

TEST_CASE("without a current directory a relative path leads nowhere") {
  const TempDir dir;
  const fs::path before = fs::current_path();
  fs::create_directory(dir.path() / "gone");
  fs::current_path(dir.path() / "gone");
  fs::remove(dir.path() / "gone");
  std::string told;
  try {
    disk::read_anywhere("etc/hostname", "ca_cert", limit);
  } catch (const core::Error& error) {
    told = error.message;
  }
  fs::current_path(before);
  CHECK(told == "the current directory cannot be found (No such file or directory)");
}
