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

/// The commands that are actions, too.
std::vector<Command> actions() {
  std::vector<Command> list = command_table();
  std::erase_if(list, [](const Command& command) { return !command.is_action; });
  return list;
}

/// The action of `publish` is the repository's own, each other one has a folder.
std::string action_of(const Command& command) {
  const bool root = command.name == command_table().front().name;
  return root ? "action.yml" : std::string(command.name) + "/action.yml";
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

TEST_CASE("each command's action.yml declares what the table of options has") {
  for (const Command& command : actions()) {
    std::vector<std::pair<std::string, std::string>> blocks = {
        {"inputs", contract::action_inputs(command)},
        {"env", contract::action_environment(command)}};
    if (!command.outputs.empty()) blocks.emplace_back("outputs", contract::action_outputs(command));
    check_blocks(action_of(command), blocks);
  }
}

TEST_CASE("each command's action says what its command says, and runs it") {
  for (const Command& command : actions()) {
    const std::string text = read(action_of(command));
    INFO(action_of(command));
    std::string summary = command.summary;
    for (auto at = summary.find('\''); at != std::string::npos; at = summary.find('\'', at + 2)) {
      summary.insert(at, 1, '\'');
    }
    CHECK(text.find(summary) != std::string::npos);
    CHECK(text.find("bin/run\" " + std::string(command.name) + "\n") != std::string::npos);
    CHECK((text.find("\noutputs:") == std::string::npos) == command.outputs.empty());
  }
}

TEST_CASE("the container flavour declares the same as publish") {
  const Command& publish = command_table().front();
  check_blocks("container/action.yml", {{"inputs", contract::action_inputs(publish)},
                                        {"outputs", contract::container_outputs(publish)}});
}

TEST_CASE("the README's tables are those of the table of options") {
  const Command& publish = command_table().front();
  check_blocks("README.md", {{"inputs", contract::readme_inputs(publish)},
                             {"outputs", contract::readme_outputs(publish)}});
}

TEST_CASE("no description in an action.yml has an expression in it, which some runners refuse") {
  std::vector<std::string> files = {"container/action.yml"};
  for (const Command& command : actions()) files.push_back(action_of(command));
  for (const std::string& action : files) {
    INFO(action);
    CHECK(read(action).find("description:") != std::string::npos);
    for (const std::string& line : core::lines(read(action))) {
      if (line.find("description:") != std::string::npos) {
        CHECK(line.find("${{") == std::string::npos);
      }
    }
  }
}
