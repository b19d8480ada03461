// SPDX-License-Identifier: MIT
#include "contract/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "options.hpp"

namespace contract {
namespace {

/// A YAML scalar in single quotes: nothing in it has a meaning but the quote.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

/// Or another secret.
bool is_token(const Option& option) { return !option.on_command_line(); }

/// Where a default is an expression of the runner it belongs into `default:`, and runners refuse
/// one in a description.
std::string description(const Option& option) {
  std::string text = option.meaning;
  if (!is_token(option) && *option.default_value != '\0') {
    text += fmt::format(" Default: {}.", option.default_value);
  }
  return text;
}

/// In a cell of a Markdown table.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? "\\|" : std::string(1, c);
  return result;
}

std::string as_default(const Option& option) {
  const std::string text = option.default_value;
  const bool is_value = text.find(' ') == std::string::npos && !text.empty();
  return is_token(option) || is_value ? "`" + text + "`" : cell(text);
}

}  // namespace

std::string action_inputs(const Command& command) {
  std::string text;
  for (const Option& option : command.options) {
    text += fmt::format("  {}:\n    description: {}\n    required: false\n    default: {}\n",
                        option.name, quoted(description(option)),
                        quoted(is_token(option) ? option.default_value : ""));
  }
  return text;
}

std::string action_outputs(const Command& command) {
  std::string text;
  for (const auto& [name, meaning] : command.outputs) {
    text += fmt::format("  {}:\n    description: {}\n    value: ${{{{ steps.run.outputs.{} }}}}\n",
                        name, quoted(meaning), name);
  }
  return text;
}

std::string container_outputs(const Command& command) {
  std::string text;
  for (const auto& [name, meaning] : command.outputs) {
    text += fmt::format("  {}:\n    description: {}\n", name, quoted(meaning));
  }
  return text;
}

std::string action_environment(const Command& command) {
  std::string text;
  for (const Option& option : command.options) {
    text += fmt::format("        {}: ${{{{ inputs.{} }}}}\n", option.variable(), option.name);
  }
  const bool takes_a_token =
      std::any_of(command.options.begin(), command.options.end(),
                  [](const Option& option) { return std::string_view(option.name) == "token"; });
  if (takes_a_token) text += "        INPUT_JOB_TOKEN: ${{ github.token }}\n";
  text += "        INPUT_ACTION_PATH: ${{ github.action_path }}\n";
  return text;
}

std::string readme_inputs(const Command& command) {
  std::string text = "| input | default | meaning |\n|---|---|---|\n";
  for (const Option& option : command.options) {
    text +=
        fmt::format("| `{}` | {} | {} |\n", option.name,
                    *option.default_value == '\0' ? "" : as_default(option), cell(option.meaning));
  }
  return text;
}

std::string readme_outputs(const Command& command) {
  std::string text = "| output | meaning |\n|---|---|\n";
  for (const auto& [name, meaning] : command.outputs) {
    text += fmt::format("| `{}` | {} |\n", name, cell(meaning));
  }
  return text;
}

std::string with_block(const std::string& text, const std::string& name, const std::string& block) {
  const auto begin = text.find("BEGIN " + name);
  const auto start = begin == std::string::npos ? begin : text.find('\n', begin);
  const auto end = start == std::string::npos ? start : text.find("END " + name, start);
  if (end == std::string::npos) throw std::runtime_error("no block named " + name);
  return text.substr(0, start + 1) + block + text.substr(text.rfind('\n', end) + 1);
}

}  // namespace contract
