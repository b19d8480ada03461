// SPDX-License-Identifier: MIT
// The binaries of a release, as scripts/build-static leaves them in dist/.
#include <elf.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "runner/action_tree.hpp"
#include "runner/bare_job.hpp"
#include "runner/elf.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"
#include "support/server.hpp"
#include "support/source_copy.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::architecture;
using runner_tests::BareJob;
using runner_tests::program;
using runner_tests::static_binary;
using support::Server;

constexpr std::uintmax_t size_limit = 8'000'000;  // bytes

void check_alone(const fs::path& binary) {
  CHECK(fs::file_size(binary) < size_limit);
  const auto types = runner_tests::segments(binary);
  CHECK(types.contains(PT_LOAD));
  CHECK_FALSE(types.contains(PT_INTERP));
  CHECK_FALSE(types.contains(PT_DYNAMIC));
}

/// The bytes of a file in dist/ that `scripts/build-static TARGET` writes in a new copy of this source tree.
std::string built_again(const std::string& target, const std::string& file) {
  const TempDir directory;
  const fs::path tree = directory.path() / "a longer name of a folder/with another in it";
  support::copy_source(tree);
  support::Process process(
      {tree / "scripts/build-static", target},
      {{"PATH", std::getenv("PATH")}, {"HOME", directory.path().string()}, {"CCACHE_DISABLE", "1"}},
      tree, directory / "log");
  const support::Ended ended = process.wait();
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  return support::read_file(tree / "dist" / file);
}

}  // namespace

TEST_CASE("amd64's static binary is small, and needs no other file") {
  check_alone(static_binary("amd64"));
}

TEST_CASE("arm64's static binary is small, and needs no other file") {
  check_alone(static_binary("arm64"));
}

TEST_CASE("armv7's static binary is small, and needs no other file") {
  check_alone(static_binary("armv7"));
}

TEST_CASE("the static binary publishes from a root directory that only has it and the job") {
  if (geteuid() != 0) SKIP("only root may change its root");
  Server server;
  const BareJob job(server);
  fs::copy(static_binary(architecture()), job.root() / "gitea-release");
  std::string host = "127.0.0.1";
  SECTION("at an IP address") {}
  SECTION("at a name from /etc/hosts") {
    host = "localhost";
    job.root().write("etc/hosts", "127.0.0.1 localhost\n");
  }
  SECTION("at a name, although /etc/nsswitch.conf asks for modules of another glibc") {
    host = "git.example.org";
    job.root().write("etc/hosts", "127.0.0.1 git.example.org\n");
    job.root().write("etc/nsswitch.conf", "hosts: mymachines resolve mdns4_minimal\n");
  }
  job.check_publishes({program("chroot"), job.root().path().string(), "/gitea-release"},
                      job.variables(host));
}

TEST_CASE("the static binaries for ARM publish under emulation") {
  const auto [emulator, arch] =
      GENERATE(std::pair("qemu-aarch64-static", "arm64"), std::pair("qemu-arm-static", "armv7"));
  INFO(arch);
  Server server;
  const BareJob job(server);
  runner_tests::Variables variables = job.variables("127.0.0.1");
  variables["GITHUB_WORKSPACE"] = job.root() / "job/workspace";
  variables["GITHUB_OUTPUT"] = job.root() / "job/output";
  job.check_publishes({program(emulator), static_binary(arch)}, variables);
}

TEST_CASE("the static binary starts at once") {
  const std::string binary = static_binary(architecture());
  const TempDir directory;
  std::vector<double> milliseconds;
  for (int i = 0; i < 100; ++i) {
    const auto start = std::chrono::steady_clock::now();
    support::Process process({binary, "--version"}, {}, "/", directory / "log");
    CHECK(process.wait().status == 0);
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::nth_element(milliseconds.begin(), milliseconds.begin() + 50, milliseconds.end());
  WARN("start-up, median of 100: " << milliseconds[50] << " ms");
  CHECK(milliseconds[50] < 250);
}

TEST_CASE("the same source gives the same static binary in any directory") {
  if (std::getenv("BUILD_TWICE") == nullptr) SKIP("minutes of building: scripts/test --full");
  const std::string target = GENERATE(architecture(), std::string("windows-amd64"));
  const fs::path here = static_binary(target);
  CHECK((support::read_file(here) ==
         built_again(target, here.filename())));  // not printed: megabytes
}
