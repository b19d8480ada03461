// SPDX-License-Identifier: MIT
// The table of inputs, the action.yml files and the README agree. UPDATE_GOLDEN=1
// (scripts/generate) rewrites the documents instead of failing.
#include "contract/documents.hpp"
#include "contract/schema.hpp"
#include "core/text/json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "core/text/text.hpp"
#include "inputs/table.hpp"

namespace {

const std::string source = GITEA_RELEASE_SOURCE;

std::string read(const std::string& path) {
  std::ifstream file(source + "/" + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The commands that are also actions.
std::vector<inputs::Command> actions() {
  std::vector<inputs::Command> list = inputs::command_table();
  std::erase_if(list, [](const inputs::Command& command) { return !command.is_action; });
  return list;
}

/// The action of `publish` is at the root of the repository, each other one has a folder.
std::string action_of(const inputs::Command& command) {
  const bool root = command.name == inputs::command_table().front().name;
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
  INFO(path << " does not say what src/inputs/table.cpp says; run scripts/generate");
  CHECK(core::lines(text) == core::lines(wanted));
}

}  // namespace

TEST_CASE("the schema of the configuration file matches the table of inputs") {
  const std::string path = source + "/docs/release.schema.json";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path) << contract::config_schema();
  CHECK(read("docs/release.schema.json") == contract::config_schema());
  const core::Json schema = core::Json::parse(contract::config_schema());
  for (const char* key : {"files", "draft", "notes", "downloads"}) {
    CHECK(schema.object("properties").has(key));
  }
  for (const char* key : {"token", "server_url", "signing_key", "signing_password"}) {
    CHECK_FALSE(schema.object("properties").has(key));
  }
}

TEST_CASE("docs/moving.md lists the inputs of other tools") {
  check_blocks("docs/moving.md", {{"aliases", contract::aliases_table()}});
}

TEST_CASE("each command's action.yml declares the inputs of the table") {
  for (const inputs::Command& command : actions()) {
    std::vector<std::pair<std::string, std::string>> blocks = {
        {"inputs", contract::action_inputs(command)},
        {"env", contract::action_environment(command)},
        {"windows env", contract::action_environment(command)}};
    if (!command.outputs.empty()) blocks.emplace_back("outputs", contract::action_outputs(command));
    check_blocks(action_of(command), blocks);
  }
}

TEST_CASE("each command's action runs the command and has its description") {
  for (const inputs::Command& command : actions()) {
    const std::string text = read(action_of(command));
    INFO(action_of(command));
    std::string summary = command.summary;
    for (auto at = summary.find('\''); at != std::string::npos; at = summary.find('\'', at + 2)) {
      summary.insert(at, 1, '\'');
    }
    CHECK(text.find(summary) != std::string::npos);
    CHECK(text.find("bin/run\" " + std::string(command.name) + "\n") != std::string::npos);
    CHECK(text.ends_with("bin\\run.cmd\" " + std::string(command.name) + "\n"));
    CHECK((text.find("\noutputs:") == std::string::npos) == command.outputs.empty());
  }
}

TEST_CASE("the container action declares the same inputs and outputs as publish") {
  const inputs::Command& publish = inputs::command_table().front();
  check_blocks("container/action.yml", {{"inputs", contract::action_inputs(publish)},
                                        {"outputs", contract::container_outputs(publish)}});
}

TEST_CASE("docs/inputs.md and docs/configuration.md have the inputs of the table of options") {
  const inputs::Command& publish = inputs::command_table().front();
  check_blocks("docs/inputs.md", {{"inputs", contract::inputs_by_subject(publish)},
                                  {"outputs", contract::outputs_table(publish)}});
  check_blocks("docs/configuration.md", {{"keys", contract::config_keys()}});
}

TEST_CASE("no description in an action.yml contains an expression, which some runners reject") {
  std::vector<std::string> files = {"container/action.yml"};
  for (const inputs::Command& command : actions()) files.push_back(action_of(command));
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
