// SPDX-License-Identifier: MIT
// Runners that give a job on the host a terminal (act_runner 0.2, forgejo-runner 12, act) close it
// as soon as a step has failed: output that they have not read by then is lost.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <string>

#include "support/process.hpp"
#include "temp_dir.hpp"

namespace {

/// The runner's end of a terminal.
class Terminal {
 public:
  Terminal() : descriptor_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (descriptor_ < 0 || grantpt(descriptor_) != 0 || unlockpt(descriptor_) != 0) {
      throw std::runtime_error("no pseudo-terminal");
    }
    std::array<char, 64> name{};
    if (ptsname_r(descriptor_, name.data(), name.size()) != 0) throw std::runtime_error("ptsname");
    other_end_ = name.data();
  }
  ~Terminal() { close(descriptor_); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  const std::string& other_end() const { return other_end_; }

  /// The output that can be read now.
  std::string read_all() const {
    std::string text;
    std::array<char, 4096> buffer{};
    pollfd ready{descriptor_, POLLIN, 0};
    while (poll(&ready, 1, 0) == 1 && (ready.revents & POLLIN) != 0) {
      const auto size = read(descriptor_, buffer.data(), buffer.size());
      if (size <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }

 private:
  int descriptor_ = -1;
  std::string other_end_;
};

}  // namespace

TEST_CASE(
    "a runner that reads its terminal only occasionally gets the error before the program ends") {
  const Terminal terminal;
  const TempDir directory;
  support::Process process(
      {"/bin/sh", "-c", "exec \"$0\" publish >\"$1\"", GITEA_RELEASE, terminal.other_end()},
      {{"GITHUB_ACTIONS", "true"}}, directory.path(), directory / "log");
  auto ended = std::async(std::launch::async, [&] { return process.wait(); });
  std::string seen;
  while (ended.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    seen += terminal.read_all();
  }
  CHECK(ended.get().status == 2);
  INFO(seen);
  CHECK(seen.find("::error::") != std::string::npos);
}
