// SPDX-License-Identifier: MIT
// The table of options, action.yml and the README say the same. UPDATE_GOLDEN=1 (scripts/generate)
// rewrites the documents instead of complaining.
#include "contract/documents.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "options.hpp"

namespace {

const std::string source = GITEA_RELEASE_SOURCE;

std::string read(const std::string& path) {
  std::ifstream file(source + "/" + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void check_blocks(const std::string& path,
                  const std::vector<std::pair<std::string, std::string>>& blocks) {
  const std::string text = read(path);
  std::string wanted = text;
  for (const auto& [name, block] : blocks) wanted = contract::with_block(wanted, name, block);
  if (std::getenv("UPDATE_GOLDEN") != nullptr && text != wanted) {
    std::ofstream(source + "/" + path) << wanted;
    return;
  }
  INFO(path << " does not say what src/options.cpp says; run scripts/generate");
  CHECK(core::lines(text) == core::lines(wanted));
}

}  // namespace

TEST_CASE("action.yml declares what the table of options has") {
  check_blocks("action.yml", {{"inputs", contract::action_inputs()},
                              {"outputs", contract::action_outputs()},
                              {"env", contract::action_environment()}});
}

TEST_CASE("the README's tables are those of the table of options") {
  check_blocks("README.md",
               {{"inputs", contract::readme_inputs()}, {"outputs", contract::readme_outputs()}});
}

TEST_CASE("no description in action.yml has an expression in it, which some runners refuse") {
  for (const std::string& line : core::lines(read("action.yml"))) {
    if (line.find("description:") != std::string::npos) {
      CHECK(line.find("${{") == std::string::npos);
    }
  }
}
