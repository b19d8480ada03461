// SPDX-License-Identifier: MIT
#include "inputs/man_page.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/text/text.hpp"
#include "inputs/display.hpp"
#include "inputs/table.hpp"

namespace inputs {
namespace {

constexpr std::string_view ellipsis = "…";  // the only character of the table that is not ASCII

/// Text for troff: escapes its commands, and makes `code` bold.
std::string roff(std::string_view text) {
  std::string result;
  bool is_code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with(ellipsis)) {
      result += "...";
      i += ellipsis.size() - 1;
    } else if (c == '`') {
      is_code = !is_code;
      result += is_code ? "\\fB" : "\\fR";
    } else if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) {
      result += "\\&";
      result += c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string entry(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(tag), roff(text));
}

std::string option_entry(const Option& option) {
  std::string text = option.meaning;
  if (*option.default_value != '\0') text += fmt::format(" Default: {}.", option.default_value);
  if (option.on_command_line()) {
    return entry(option.flag() + (option.may_stand_alone() ? " [true|false]" : " VALUE"), text);
  }
  const std::string by_file =
      option.file_flag().empty() ? "" : " " + option.file_flag() + " PATH reads it from a file.";
  return entry(option.variable(), "(environment variable only) " + text + by_file);
}

std::string section_of(const Command& command) {
  std::string text = fmt::format(".SS {}\n{}\n", roff(command.name), roff(command.summary));
  for (const Option& option : command.options) text += option_entry(option);
  if (command.outputs.empty()) return text;
  text += ".PP\nOutputs, for later steps of a job:\n";
  for (const auto& [name, meaning] : command.outputs) text += entry(name, meaning);
  return text;
}

}  // namespace

std::string man_page() {
  std::string text = fmt::format(
      ".TH GITEA\\-RELEASE 1 \"\" \"gitea\\-release {}\" \"User Commands\"\n"
      ".SH NAME\ngitea\\-release \\- publish releases on Gitea and Forgejo\n"
      ".SH SYNOPSIS\n.B gitea\\-release\n[\\fICOMMAND\\fR] [\\fB\\-\\-OPTION\\fR "
      "\\fIVALUE\\fR]...\n"
      ".SH DESCRIPTION\n{}\nWithout a command, {} is run.\n"
      ".SH COMMANDS\n",
      roff(GITEA_RELEASE_VERSION), roff(command_table().front().summary),
      roff(command_table().front().name));
  for (const Command& command : command_table()) text += entry(command.name, command.summary);
  text += entry("help [COMMAND]", "Prints the options of a command.");
  text += entry("completion bash|zsh|fish", "Prints a script that completes commands and options.");
  text += entry("man", "Prints this page.");
  text += ".SH OPTIONS\n.SS \"all commands\"\n";
  for (const DisplayOption& option : display_options()) {
    const std::string values = core::join(option.values, "|");
    text += entry(option.flag + (values.empty() ? "" : " " + values), option.meaning);
  }
  for (const Command& command : command_table()) text += section_of(command);
  text += ".SH ENVIRONMENT\n";
  text += entry("INPUT_NAME",
                "Every option as an environment variable: for example, --tag-name is "
                "INPUT_TAG_NAME. The command line takes precedence.");
  text += entry("GITEA_TOKEN", "The token, if INPUT_TOKEN is not set.");
  text += entry("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "Proxies, as in curl(1).");
  text += ".SH FILES\n";
  text += entry(".gitea/release.yml",
                "Inputs that are set neither on the command line nor in the environment.");
  text += ".SH \"EXIT STATUS\"\n";
  text += entry("0", "Success.");
  text += entry("1", "Failure; running it again may help.");
  text += entry("2", "The workflow or the command line has to be changed.");
  text += ".SH EXAMPLES\n.nf\n";
  text += roff(
      "GITEA_TOKEN=... gitea-release --server-url https://git.example.org \\\n"
      "    --repository owner/app --tag-name v1.0.0 --files 'dist/*' --dry-run\n");
  return text + ".fi\n";
}

}  // namespace inputs
