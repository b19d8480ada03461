// SPDX-License-Identifier: MIT
#include "runner/composite_step.hpp"

#include <stdexcept>

#include "core/text/text.hpp"
#include "support/golden.hpp"
#include "support/workspace.hpp"

namespace runner_tests {
namespace {

/// `name: value` of a line, without quotes; the name is empty for other lines.
struct Entry {
  std::string name;
  std::string value;
};

Entry entry_of(const std::string& line) {
  const auto colon = line.find(": ");
  if (colon == std::string::npos) return {};
  std::string value(core::trim(line.substr(colon + 1)));
  if (value.size() > 1 && value.front() == '\'') {
    value = support::replaced(value.substr(1, value.size() - 2), "''", "'");
  }
  return {std::string(core::trim(line.substr(0, colon))), value};
}

/// The value of `${{ context.name }}`; any other text is its own value.
std::string evaluated(const std::string& text, const std::map<std::string, Variables>& contexts) {
  if (!text.starts_with("${{ ")) return text;
  const auto dot = text.find('.');
  const auto context = contexts.find(text.substr(4, dot - 4));
  if (context == contexts.end() ||
      !context->second.contains(text.substr(dot + 1, text.size() - dot - 4))) {
    throw std::runtime_error("action.yml: " + text);
  }
  return context->second.at(text.substr(dot + 1, text.size() - dot - 4));
}

}  // namespace

CompositeStep composite_step(const std::filesystem::path& action, const Variables& inputs,
                             const Variables& github, const std::string& id) {
  std::map<std::string, Variables> contexts = {{"github", github}, {"inputs", {}}};
  Variables& given = contexts["inputs"];
  CompositeStep step;
  std::string section;
  std::string input;
  std::string current;  // the id of the step
  bool in_script = false;
  for (const std::string& line : core::lines(support::read_file(action))) {
    const auto indent = line.find_first_not_of(' ');
    if (indent == 0 && line.ends_with(':')) section = line;
    if (section == "inputs:" && indent == 2) input = core::trim(line.substr(0, line.find(':')));
    const Entry entry = entry_of(line);
    if (entry.name == "- id") {
      current = entry.value;
      in_script = false;
    }
    if (section == "runs:" && current != id) continue;
    if (in_script) {
      step.script += std::string(core::trim(line)) + "\n";
      continue;
    }
    if (section == "inputs:" && entry.name == "default") {
      given[input] = inputs.contains(input) ? inputs.at(input) : evaluated(entry.value, contexts);
    } else if (section == "runs:" && entry.name.starts_with("INPUT_")) {
      step.environment[entry.name] = evaluated(entry.value, contexts);
    } else if (section == "runs:" && entry.name == "run") {
      in_script = entry.value == "|";
      if (!in_script) step.script = entry.value + "\n";
    }
  }
  return step;
}

}  // namespace runner_tests
