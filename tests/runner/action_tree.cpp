// SPDX-License-Identifier: MIT
#include "runner/action_tree.hpp"

#include <sys/utsname.h>

#include <catch2/catch_test_macros.hpp>

namespace runner_tests {
namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;

}  // namespace

std::string architecture() {
  utsname machine{};
  uname(&machine);
  return std::string(machine.machine) == "aarch64" ? "arm64" : "amd64";
}

fs::path binary_of(const fs::path& tree) {
  return tree / "dist" / ("gitea-release-linux-" + architecture());
}

void make_action_tree(const fs::path& directory, const fs::path& binary) {
  fs::create_directories(directory / "dist");
  for (const char* name : {"action.yml", "bin", "Dockerfile", ".dockerignore"}) {
    fs::copy(source / name, directory / name, fs::copy_options::recursive);
  }
  for (const auto& entry : fs::directory_iterator(source)) {
    if (!fs::exists(entry.path() / "action.yml")) continue;
    fs::copy(entry.path(), directory / entry.path().filename(), fs::copy_options::recursive);
  }
  fs::copy(binary, binary_of(directory));
}

fs::path static_binary(const std::string& target) {
  const bool is_windows = target.starts_with("windows");
  const std::string name = is_windows ? target + ".exe" : "linux-" + target;
  fs::path binary = source / "dist" / ("gitea-release-" + name);
  if (!fs::exists(binary)) {
    SKIP("dist/" << binary.filename().string() << " is missing; 'scripts/build-static " << target
                 << "' makes it");
  }
  return binary;
}

}  // namespace runner_tests
