// SPDX-License-Identifier: MIT
// A key under `with:` that is not an input never reaches an action: an example with such a key
// would be misleading.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "inputs/aliases.hpp"
#include "inputs/table.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;

std::size_t indent_of(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// A key under `with:` of one of our actions.
struct Key {
  std::string command;  ///< "" for the root's, which is publish
  std::string name;
};

/// The command in a line "uses: OWNER/gitea-release/COMMAND@v1"; nothing for another action.
std::optional<std::string> used_command(const std::string& line) {
  const std::string action = "/gitea-release";
  const auto at = line.find(action);
  const auto version = line.find('@', at);
  if (at == std::string::npos || version == std::string::npos) return std::nullopt;
  const std::string folder = line.substr(at + action.size(), version - at - action.size());
  return folder.empty() ? folder : folder.substr(1);
}

std::vector<Key> keys_of(const fs::path& workflow) {
  std::vector<Key> keys;
  std::ifstream file(workflow);
  std::optional<std::string> command;
  std::size_t with = std::string::npos;
  for (std::string line; std::getline(file, line);) {
    if (line.find("- ") == indent_of(line)) command.reset();
    if (line.find("uses: ") != std::string::npos) command = used_command(line);
    if (command && core::trim(line) == "with:") {
      with = indent_of(line);
    } else if (with != std::string::npos && indent_of(line) <= with) {
      with = std::string::npos;
    } else if (command && with != std::string::npos && indent_of(line) == with + 2) {
      keys.push_back({*command, std::string(core::trim(line.substr(0, line.find(':'))))});
    }
  }
  return keys;
}

bool exists(const Key& key) {
  const auto is_it = [&](const auto& row) { return row.name == key.name; };
  const auto& aliases = inputs::alias_table();
  if (key.command.empty() && std::any_of(aliases.begin(), aliases.end(), is_it)) return true;
  for (const inputs::Command& command : inputs::command_table()) {
    if (command.name != (key.command.empty() ? inputs::command_table().front().name : key.command))
      continue;
    return std::any_of(command.options.begin(), command.options.end(), is_it);
  }
  return false;
}

}  // namespace

TEST_CASE("examples and guides only use inputs that exist") {
  std::size_t keys = 0;
  for (const char* folder : {"examples/workflows", "docs", "."}) {
    for (const auto& entry : fs::directory_iterator(source / folder)) {
      if (folder == std::string(".") && entry.path().extension() != ".md") continue;
      INFO(entry.path());
      for (const Key& key : keys_of(entry.path())) {
        INFO(key.command << ": " << key.name);
        CHECK(exists(key));
        ++keys;
      }
    }
  }
  CHECK(keys > 40);
}

TEST_CASE("each example begins with the situation that it is for") {
  for (const auto& entry : fs::directory_iterator(source / "examples/workflows")) {
    INFO(entry.path());
    std::string first;
    std::ifstream file(entry.path());
    std::getline(file, first);
    CHECK(first.starts_with("# "));
  }
}
