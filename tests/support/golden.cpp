// SPDX-License-Identifier: MIT
#include "support/golden.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/text/text.hpp"
#include "support/workspace.hpp"

namespace support {

void check_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path(GITEA_RELEASE_SOURCE) / "tests" / "data" / name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return;
  }
  INFO("golden file tests/data/" << name << "; scripts/generate rewrites it");
  CHECK(core::lines(text) == core::lines(read_file(path)));
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace support
