// SPDX-License-Identifier: MIT
// A key under `with:` that no input has never reaches an action: an example with one would mislead.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "options.hpp"

namespace {

namespace fs = std::filesystem;

std::size_t indent_of(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// The keys that a workflow gives to this action.
std::vector<std::string> keys_of(const fs::path& workflow) {
  std::vector<std::string> keys;
  std::ifstream file(workflow);
  bool ours = false;
  std::size_t with = std::string::npos;
  for (std::string line; std::getline(file, line);) {
    if (line.find("- ") == indent_of(line))
      ours = line.find("/gitea-release@") != std::string::npos;
    if (ours && core::trim(line) == "with:") {
      with = indent_of(line);
    } else if (with != std::string::npos && indent_of(line) <= with) {
      with = std::string::npos;
    } else if (ours && with != std::string::npos && indent_of(line) == with + 2) {
      keys.emplace_back(core::trim(line.substr(0, line.find(':'))));
    }
  }
  return keys;
}

}  // namespace

TEST_CASE("the examples use inputs that exist, and begin with when to take them") {
  int examples = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(GITEA_RELEASE_SOURCE) / "examples/workflows")) {
    INFO(entry.path());
    ++examples;
    std::string first;
    std::ifstream file(entry.path());
    std::getline(file, first);
    CHECK(first.starts_with("# "));
    const auto keys = keys_of(entry.path());
    CHECK_FALSE(keys.empty());
    for (const std::string& key : keys) {
      INFO(key);
      const auto& table = command_table().front().options;
      CHECK(std::any_of(table.begin(), table.end(),
                        [&](const Option& row) { return row.name == key; }));
    }
  }
  CHECK(examples >= 4);
}
