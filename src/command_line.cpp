// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

#include "core/error.hpp"
#include "core/text.hpp"
#include "options.hpp"

namespace {

using core::Error;
using core::Fault;

const std::vector<std::string> commands = {"publish"};

/// The token from --token-file; "-" is standard input.
std::string read_token(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path);
  std::istream& in = path == "-" ? std::cin : file;
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  text = core::trim(text);
  if (text.empty()) {
    throw Error(Fault::workflow,
                fmt::format("--token-file: no token could be read from '{}'", path),
                "The file has to hold the token and nothing else.");
  }
  return text;
}

std::map<std::string, std::string> inputs_of(const runner::Environment& environment) {
  std::map<std::string, std::string> values;
  for (const Option& option : publish_options()) {
    const std::string value = runner::value_of(environment, option.variable());
    if (!value.empty()) values[option.name] = value;
  }
  if (values["token"].empty()) values["token"] = runner::value_of(environment, "GITEA_TOKEN");
  values["job_token"] = runner::value_of(environment, "INPUT_JOB_TOKEN");
  return values;
}

/// Inputs that no option knows: with the container flavour a misspelt `with:` key arrives so.
std::vector<std::string> unknown_inputs(const runner::Environment& environment) {
  std::vector<std::string> warnings;
  std::vector<std::string> known = {"INPUT_JOB_TOKEN", "INPUT_ACTION_PATH"};
  for (const Option& option : publish_options()) known.push_back(option.variable());
  for (const auto& [name, value] : environment) {
    if (!name.starts_with("INPUT_") || value.empty()) continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string meant = core::nearest(name, known);
    warnings.push_back(fmt::format(
        "the input '{}' is unknown and was not used{}", core::one_line(core::lower(name.substr(6))),
        meant.empty() ? "" : fmt::format("; did you mean '{}'?", core::lower(meant.substr(6)))));
  }
  return warnings;
}

[[noreturn]] void unknown(const std::string& argument) {
  std::vector<std::string> known = commands;
  for (const char* name : {"--help", "--version", "--token-file"}) known.emplace_back(name);
  for (const Option& option : publish_options()) {
    if (option.on_command_line()) known.push_back(option.flag());
  }
  const std::string word = argument.substr(0, argument.find('='));
  if (word == "--token") {
    throw Error(Fault::workflow, "the token is no option: arguments can be seen by everybody",
                "Give it in the environment (GITEA_TOKEN) or in a file (--token-file PATH).");
  }
  const std::string meant = core::nearest(word, known);
  throw Error(Fault::workflow, fmt::format("'{}' is no option or command", core::one_line(word)),
              meant.empty() ? "See 'gitea-release --help'."
                            : fmt::format("Did you mean '{}'? See 'gitea-release --help'.", meant));
}

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

std::string help_text() {
  std::string text = wrapped(
      "Publishes a release on Gitea or Forgejo: creates or reuses the release of a tag, brings its "
      "assets to the wanted state, and publishes it once everything is there.",
      0);
  text += "\nUsage: gitea-release [publish] [--option value]...\n\n";
  text += wrapped(
      "Every option can also be given as an environment variable: --tag-name is "
      "INPUT_TAG_NAME. The command line wins.",
      0);
  text += "\nOptions:\n";
  for (const Option& option : publish_options()) {
    if (!option.on_command_line()) continue;
    text += fmt::format("  {} {}\n", option.flag(),
                        option.may_stand_alone() ? "[true|false]" : "VALUE");
    std::string meaning = option.meaning;
    if (*option.default_value != '\0')
      meaning += fmt::format(" Default: {}.", option.default_value);
    text += wrapped(meaning, 6);
  }
  text += "  --token-file PATH\n";
  text += wrapped(
      "Read the token from this file; '-' is standard input. Else it comes from "
      "INPUT_TOKEN or GITEA_TOKEN; it is never an option itself.",
      6);
  text +=
      "  --help, --version\n\nExit status: 0 in place; 1 failed, running it again may help; "
      "2 the workflow has to be changed.\n";
  return text;
}

}  // namespace

Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment) {
  Invocation invocation;
  invocation.values = inputs_of(environment);
  invocation.warnings = unknown_inputs(environment);

  CLI::App app;
  app.set_version_flag("--version", std::string("gitea-release ") + GITEA_RELEASE_VERSION);
  app.allow_extras();
  std::string token_file;
  app.add_option("--token-file", token_file);
  std::map<std::string, std::string> given;
  std::map<std::string, const CLI::Option*> added;
  for (const Option& option : publish_options()) {
    if (!option.on_command_line()) continue;
    CLI::Option* row = app.add_option(option.flag(), given[option.name]);
    row->take_last()->allow_extra_args(false);
    if (option.may_stand_alone()) row->expected(0, 1);
    added[option.name] = row;
  }

  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    invocation.print = help_text();
    return invocation;
  } catch (const CLI::CallForVersion&) {
    invocation.print = std::string("gitea-release ") + GITEA_RELEASE_VERSION + "\n";
    return invocation;
  } catch (const CLI::ParseError& error) {
    throw Error(Fault::workflow, error.what(), "See 'gitea-release --help'.");
  }
  const auto rest = app.remaining();
  if (!rest.empty()) {
    if (std::find(commands.begin(), commands.end(), rest.front()) == commands.end()) {
      unknown(rest.front());
    }
    invocation.command = rest.front();
    if (rest.size() > 1) unknown(rest[1]);
  }
  for (const auto& [name, row] : added) {
    if (row->count() == 0) continue;
    const bool alone = row->results().empty() || row->results().back().empty();
    invocation.values[name] = alone && row->get_expected_min() == 0 ? "true" : given[name];
  }
  if (!token_file.empty()) invocation.values["token"] = read_token(token_file);
  return invocation;
}
