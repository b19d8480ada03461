// SPDX-License-Identifier: MIT
#include "runner/tools.hpp"

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace runner_tests {

namespace fs = std::filesystem;

std::string tool(const std::string& name) {
  const fs::path path = fs::path(GITEA_RELEASE_SOURCE) / ".deps/bin" / name;
  if (!fs::exists(path))
    SKIP(".deps/bin/" << name << " is missing; scripts/setup --test builds it");
  return path.string();
}

std::string program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream directories(std::string(path == nullptr ? "" : path) + ":/usr/sbin:/sbin");
  std::string found;
  for (std::string directory; found.empty() && std::getline(directories, directory, ':');) {
    const std::string file = directory + "/" + name;
    if (access(file.c_str(), X_OK) == 0) found = file;
  }
  if (found.empty()) SKIP("there is no " << name << " in PATH");
  return found;
}

}  // namespace runner_tests
