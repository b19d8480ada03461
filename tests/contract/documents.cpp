// SPDX-License-Identifier: MIT
#include "contract/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>

#include "inputs/aliases.hpp"
#include "inputs/sources.hpp"
#include "inputs/table.hpp"

namespace contract {
namespace {

/// A YAML scalar in single quotes: only the quote itself has a special meaning.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

/// Or another secret.
bool is_token(const inputs::Option& option) { return !option.on_command_line(); }

/// A default that is an expression of the runner belongs into `default:`; runners reject one in a
/// description.
std::string description(const inputs::Option& option) {
  std::string text = option.meaning;
  if (!is_token(option) && *option.default_value != '\0') {
    text += fmt::format(" Default: {}.", option.default_value);
  }
  return text;
}

/// Text for a cell of a Markdown table.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? "\\|" : std::string(1, c);
  return result;
}

std::string as_default(const inputs::Option& option) {
  const std::string text = option.default_value;
  const bool is_value = text.find(' ') == std::string::npos && !text.empty();
  return is_token(option) || is_value ? "`" + text + "`" : cell(text);
}

/// The inputs of `publish` by subject, in the order of docs/inputs.md.
struct Subject {
  const char* title;
  std::vector<std::string_view> inputs;
};

const std::vector<Subject> subjects = {
    {"What is published",
     {"tag_name", "name", "body", "body_path", "changelog_path", "generate_release_notes",
      "previous_tag", "append_body", "prepend_body", "target_commitish", "tag_message",
      "downloads"}},
    {"Which files",
     {"files", "working_directory", "fail_on_unmatched_files", "overwrite_files",
      "remove_other_files", "required_files", "checksums", "checksums_name", "sha256sum", "md5sum",
      "signing_key", "signing_password"}},
    {"How it is published",
     {"draft", "prerelease", "if_exists", "upload_before_publish", "dry_run", "config"}},
    {"Server and token", {"repository", "server_url", "token", "ca_cert", "insecure"}},
    {"Rarely needed",
     {"jobs", "upload_encoding", "make_latest", "retries", "stall_timeout", "answer_timeout",
      "timeout"}}};

bool is_in(const Subject& subject, std::string_view name) {
  return std::find(subject.inputs.begin(), subject.inputs.end(), name) != subject.inputs.end();
}

std::string row_of(const inputs::Option& option) {
  return fmt::format("| `{}` | {} | {} |\n", option.name,
                     *option.default_value == '\0' ? "" : as_default(option), cell(option.meaning));
}

std::vector<inputs::Alias> aliases_of(const inputs::Command& command) {
  const bool is_publish = command.name == inputs::command_table().front().name;
  return is_publish ? inputs::alias_table() : std::vector<inputs::Alias>{};
}

std::string use(const inputs::Alias& alias) {
  switch (alias.use) {
    case inputs::Alias::Use::same:
      return fmt::format("the same as `{}`", alias.option);
    case inputs::Alias::Use::ignored:
      return fmt::format("ignored with a warning ({})", alias.says);
    case inputs::Alias::Use::refused:
      return "an error that says what to write";
  }
  return {};
}

}  // namespace

std::string aliases_table() {
  std::string text = "| input | of | here |\n|---|---|---|\n";
  for (const inputs::Alias& alias : inputs::alias_table()) {
    text += fmt::format("| `{}` | {} | {} |\n", alias.name, alias.tools, cell(use(alias)));
  }
  return text;
}

std::string action_inputs(const inputs::Command& command) {
  std::string text;
  for (const inputs::Option& option : command.options) {
    text += fmt::format("  {}:\n    description: {}\n    required: false\n    default: {}\n",
                        option.name, quoted(description(option)),
                        quoted(is_token(option) ? option.default_value : ""));
  }
  for (const inputs::Alias& alias : aliases_of(command)) {
    text +=
        fmt::format("  {}:\n    description: {}\n    required: false\n    default: ''\n",
                    alias.name, quoted("Of " + std::string(alias.tools) + ": " + use(alias) + "."));
  }
  return text;
}

std::string action_outputs(const inputs::Command& command) {
  std::string text;
  for (const auto& [name, meaning] : command.outputs) {
    text += fmt::format(
        "  {0}:\n    description: {1}\n    value: ${{{{ steps.run.outputs.{0} || "
        "steps.windows.outputs.{0} }}}}\n",
        name, quoted(meaning));
  }
  return text;
}

std::string container_outputs(const inputs::Command& command) {
  std::string text;
  for (const auto& [name, meaning] : command.outputs) {
    text += fmt::format("  {}:\n    description: {}\n", name, quoted(meaning));
  }
  return text;
}

std::string action_environment(const inputs::Command& command) {
  std::string text;
  for (const inputs::Option& option : command.options) {
    text += fmt::format("        {}: ${{{{ inputs.{} }}}}\n", option.variable(), option.name);
  }
  for (const inputs::Alias& alias : aliases_of(command)) {
    text += fmt::format("        {}: ${{{{ inputs.{} }}}}\n", alias.variable(), alias.name);
  }
  const bool takes_a_token = std::any_of(
      command.options.begin(), command.options.end(),
      [](const inputs::Option& option) { return std::string_view(option.name) == "token"; });
  if (takes_a_token) text += "        INPUT_JOB_TOKEN: ${{ github.token }}\n";
  text += "        INPUT_ACTION_PATH: ${{ github.action_path }}\n";
  return text;
}

std::string inputs_by_subject(const inputs::Command& command) {
  std::string text;
  std::set<std::string_view> known;
  for (const Subject& subject : subjects) {
    text += fmt::format("### {}\n\n| input | default | meaning |\n|---|---|---|\n", subject.title);
    for (const inputs::Option& option : command.options) {
      if (!is_in(subject, option.name)) continue;
      if (!known.insert(option.name).second) throw std::runtime_error("two subjects");
      text += row_of(option);
    }
    text += "\n";
  }
  text.pop_back();
  if (known.size() != command.options.size()) {
    throw std::runtime_error("an input has no subject: see subjects in documents.cpp");
  }
  return text;
}

std::string config_keys() {
  std::string text = "| key | meaning |\n|---|---|\n";
  std::set<std::string_view> known = {"downloads"};
  for (const inputs::Command& command : inputs::command_table()) {
    if (!inputs::reads_config(command)) continue;
    for (const inputs::Option& option : command.options) {
      if (!inputs::may_be_in_config(option.name) || !known.insert(option.name).second) continue;
      text += fmt::format("| `{}` | {}{} |\n", option.name, cell(option.meaning),
                          option.line_each ? " May be a list." : "");
    }
  }
  return text;
}

std::string outputs_table(const inputs::Command& command) {
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
