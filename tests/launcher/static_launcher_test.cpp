// SPDX-License-Identifier: MIT
// The launchers of a release for Linux, as scripts/build-launcher leaves them in dist/.
#include <elf.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>
#include <fstream>

#include "launcher/installed_app.hpp"
#include "runner/elf.hpp"
#include "runner/tools.hpp"
#include "support/signer.hpp"
#include "support/source_copy.hpp"
#include "support/workspace.hpp"
#include "units/launcher_fetch/archives.hpp"

namespace {

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using e2e::Running;
using runner_tests::program;

constexpr std::uintmax_t size_limit = 8'000'000;  // bytes
constexpr const char* archive_name = "demo-1.1.0-linux-x64.zip";
constexpr const char* non_ascii = "Größe 日本.txt";

std::string own_platform() {
  utsname machine{};
  uname(&machine);
  return std::string(machine.machine) == "aarch64" ? "linux-arm64" : "linux-amd64";
}

/// What `scripts/build-launcher PLATFORM` has built; skips the test case if it is missing.
fs::path built_launcher(const std::string& platform) {
  const std::string ending = platform.starts_with("windows") ? ".exe" : "";
  const std::string name = "gitea-release-launcher-" + platform + ending;
  fs::path file = fs::path(GITEA_RELEASE_SOURCE) / "dist" / name;
  if (!fs::exists(file)) {
    SKIP("dist/" << name << " is missing; 'scripts/build-launcher " << platform << "' makes it");
  }
  return file;
}

void check_alone(const fs::path& launcher) {
  CHECK(fs::file_size(launcher) < size_limit);
  const auto types = runner_tests::segments(launcher);
  CHECK(types.contains(PT_LOAD));
  CHECK_FALSE(types.contains(PT_INTERP));
  CHECK_FALSE(types.contains(PT_DYNAMIC));
}

std::string release_file(const std::string& version) {
  return R"({"format": 1, "app": "demo", "version": ")" + version +
         R"(", "start": ["busybox", "sh", "-c", "echo from $0 $LAUNCHER_VERSION; exit 7"]})";
}

/// A root directory with /proc and an installed application, whose program is busybox, and nothing else.
class EmptyRoot {
 public:
  explicit EmptyRoot(const std::string& platform) {
    root_.write("app/current/RELEASE.json", release_file("1.0.0"));
    fs::copy_file(program("busybox"), root_.path() / "app/current/busybox");
    fs::copy_file(built_launcher(platform), root_.path() / "app/demo");
    root_.write("app/data/kept");
    fs::create_directory(root_.path() / "proc");
    root_.write("app/updater/trusted.pub", signer_.public_key() + "\n");
    root_.write("app/updater/config.json",
                R"({"format": 1, "app": "demo", "type": "portable", "provider": "gitea", )"
                R"("server": "https://git.example.org", "repository": "owner/demo", )"
                R"("platform": "linux-x86_64", "channel": "stable", "prefix": "v"})");
  }

  /// A signed archive that contains a name that is not ASCII, in /stick.
  void lay_out_update() const {
    const std::string archive =
        archives::zip({archives::file("demo/demo", "launcher"),
                       archives::file("demo/current/RELEASE.json", release_file("1.1.0")),
                       archives::file(std::string("demo/current/") + non_ascii, "content")});
    const std::string manifest =
        R"({"format": 1, "app": "demo", "version": "1.1.0", "tag": "v1.1.0", "channel": "stable", )"
        R"("launcher": 1, "payloads": {"linux-x86_64": {"name": ")" +
        std::string(archive_name) + R"(", "size": )" + std::to_string(archive.size()) + "}}}";
    const support::Files files =
        signer_.sign({{archive_name, archive}, {"update.json", manifest}}, "v1.1.0", "owner/demo");
    for (const auto& [name, content] : files) root_.write("stick/" + name, content);
  }

  e2e::Result run(const std::vector<std::string>& arguments) const {
    const char* const script = "mount -t proc none \"$0/proc\" && exec \"$@\" || exit 99";
    const std::string root = root_.path().string();
    std::vector<std::string> words = {program("unshare"), "--mount", "/bin/sh",  "-c", script, root,
                                      program("chroot"),  root,      "/app/demo"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const TempDir output;
    Running running(words, output / "text", {});
    const int status = running.wait();
    if (status == 99) SKIP("/proc cannot be mounted here");
    return {status, running.output()};
  }

  fs::path path() const { return root_.path(); }

 private:
  TempDir root_;
  support::Signer signer_;
};

/// The bytes of a file in dist/ that `scripts/build-launcher PLATFORM` writes in a new copy of this source tree.
std::string built_again(const std::string& platform, const std::string& file) {
  const TempDir directory;
  const fs::path tree = directory.path() / "a longer name of a folder/with another in it";
  support::copy_source(tree);
  Running building({tree / "scripts/build-launcher", platform}, directory / "log",
                   {.environment = {{"PATH", std::getenv("PATH")},
                                    {"HOME", directory.path().string()},
                                    {"CCACHE_DISABLE", "1"}}});
  const int status = building.wait();
  INFO(building.output());
  REQUIRE(status == 0);
  return support::read_file(tree / "dist" / file);
}

}  // namespace

TEST_CASE("amd64's static launcher is small and needs no other file") {
  check_alone(built_launcher("linux-amd64"));
}

TEST_CASE("arm64's static launcher is small and needs no other file") {
  check_alone(built_launcher("linux-arm64"));
}

TEST_CASE(
    "the static launcher starts an application in a root directory with nothing else but /proc") {
  if (geteuid() != 0) SKIP("only root may change its root and mount /proc");
  const EmptyRoot root(own_platform());
  const e2e::Result result = root.run({"argument"});
  CHECK(result.status == 7);
  CHECK(result.output == "from argument 1.0.0\n");
}

TEST_CASE("the static launcher unpacks names that are not ASCII without any locale") {
  if (geteuid() != 0) SKIP("only root may change its root and mount /proc");
  const EmptyRoot root(own_platform());
  root.lay_out_update();
  const e2e::Result result =
      root.run({"--launcher", "download", "--from", std::string("/stick/") + archive_name});
  INFO(result.output);
  CHECK(result.status == 0);
  CHECK(support::read_file(root.path() / "app/updater/ready/1.1.0/current" / non_ascii) ==
        "content");
}

TEST_CASE("arm64's static launcher reads its installation under emulation") {
  const EmptyRoot root("linux-arm64");
  const TempDir output;
  Running running({program("qemu-aarch64-static"), root.path() / "app/demo", "--launcher", "help"},
                  output / "text", {});
  CHECK(running.wait() == 0);
  CHECK_THAT(running.output(), ContainsSubstring("rollback"));
}

TEST_CASE("the same source gives the same static launcher in any directory") {
  if (std::getenv("BUILD_TWICE") == nullptr) SKIP("minutes of building: scripts/test --full");
  const std::string platform = GENERATE(own_platform(), std::string("windows-amd64"));
  const fs::path here = built_launcher(platform);
  CHECK((support::read_file(here) ==
         built_again(platform, here.filename())));  // not printed: megabytes
}
