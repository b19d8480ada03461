// SPDX-License-Identifier: MIT
#include "help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace {

/// `text` in lines of at most 100 columns, each indented.
std::string wrapped(const std::string& text, std::size_t indent) {
  constexpr std::size_t columns = 100;
  std::string result;
  std::string line(indent, ' ');
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (line.size() > indent && line.size() + 1 + word.size() > columns) {
      result += line + "\n";
      line.assign(indent, ' ');
    }
    line += (line.size() > indent ? " " : "") + word;
  }
  return result + line + "\n";
}

/// A secret that comes by the environment only.
std::string help_of_secret(const Option& option) {
  return fmt::format("  {} (in the environment only)\n{}", option.variable(),
                     wrapped(option.meaning, 6));
}

const Option& first_flag(const Command& command) {
  return *std::find_if(command.options.begin(), command.options.end(),
                       [](const Option& option) { return option.on_command_line(); });
}

std::string help_of(const Option& option) {
  std::string meaning = option.meaning;
  if (*option.default_value != '\0') meaning += fmt::format(" Default: {}.", option.default_value);
  return fmt::format("  {} {}\n{}", option.flag(),
                     option.may_stand_alone() ? "[true|false]" : "VALUE", wrapped(meaning, 6));
}

bool is_default(const Command& command) { return command.name == command_table().front().name; }

std::string other_commands() {
  std::string text;
  for (const Command& command : command_table()) {
    if (!is_default(command)) {
      text += fmt::format("  {}\n{}", command.name, wrapped(command.summary, 6));
    }
  }
  return text.empty() ? "" : "\nOther commands, each with a --help of its own:\n" + text;
}

}  // namespace

std::string help_text(const Command& command) {
  std::string text = wrapped(command.summary, 0);
  const std::string word(command.name);
  text += "\nUsage: gitea-release " + (is_default(command) ? "[" + word + "]" : word) +
          " [--option value]...\n\n";
  text += wrapped(
      fmt::format("Every option can also be given as an environment variable: {} is {}. The "
                  "command line wins.",
                  first_flag(command).flag(), first_flag(command).variable()),
      0);
  text += "\nOptions:\n";
  bool token = false;
  for (const Option& option : command.options) {
    const bool is_token = std::string_view(option.name) == "token";
    if (option.on_command_line()) {
      text += help_of(option);
    } else if (!is_token) {
      text += help_of_secret(option);
    }
    token = token || is_token;
  }
  if (token) {
    text += "  --token-file PATH\n";
    text += wrapped(
        "Read the token from this file; '-' is standard input. Else it comes from INPUT_TOKEN or "
        "GITEA_TOKEN; it is never an option itself.",
        6);
  }
  text += "  --help, --version\n";
  if (is_default(command)) text += other_commands();
  return text +
         "\nExit status: 0 in place; 1 failed, running it again may help; 2 the workflow has to be "
         "changed.\n";
}
