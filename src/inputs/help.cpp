// SPDX-License-Identifier: MIT
#include "inputs/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "core/text/text.hpp"
#include "inputs/display.hpp"

namespace inputs {
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

/// The help of a secret, which can only be set in the environment or in a file.
std::string help_of_secret(const Option& option) {
  const std::string file = option.file_flag();
  const std::string ways = file.empty() ? option.variable() + " (environment variable only)"
                                        : fmt::format("{} PATH, or {}", file, option.variable());
  return fmt::format("  {}\n{}", ways, wrapped(option.meaning, 6));
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

std::string help_of_display(const DisplayOption& option) {
  const std::string values = core::join(option.values, "|");
  return fmt::format("  {}{}\n{}", option.flag, values.empty() ? "" : " " + values,
                     wrapped(option.meaning, 6));
}

bool is_default(const Command& command) { return command.name == command_table().front().name; }

std::string other_commands() {
  std::string text;
  for (const Command& command : command_table()) {
    if (!is_default(command)) {
      text += fmt::format("  {}\n{}", command.name, wrapped(command.summary, 6));
    }
  }
  return text.empty() ? "" : "\nOther commands (see gitea-release COMMAND --help):\n" + text;
}

}  // namespace

std::string help_text(const Command& command) {
  std::string text = wrapped(command.summary, 0);
  const std::string name(command.name);
  text += "\nUsage: gitea-release " + (is_default(command) ? "[" + name + "]" : name) +
          " [--option value]...\n\n";
  text += wrapped(fmt::format("Every option can also be set as an environment variable: for "
                              "example, {} is {}. The command line takes precedence.",
                              first_flag(command).flag(), first_flag(command).variable()),
                  0);
  text += wrapped(
      "The name of an option may be shortened as long as it is clear. An option with one value per "
      "line takes several values.",
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
        "Read the token from this file; '-' is standard input. Otherwise the token is read from "
        "INPUT_TOKEN or GITEA_TOKEN. It cannot be given as an option.",
        6);
  }
  for (const DisplayOption& option : display_options()) text += help_of_display(option);
  text += "  --help, --version\n";
  if (is_default(command)) text += other_commands();
  return text +
         "\nExit status: 0 success; 1 failure, running it again may help; 2 the workflow has to be "
         "changed.\n";
}

}  // namespace inputs
