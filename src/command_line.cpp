// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

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
    throw Error(Fault::workflow, fmt::format("--token-file: no token could be read from '{}'", path),
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
  std::vector<std::string> known = {"INPUT_JOB_TOKEN"};
  for (const Option& option : publish_options()) known.push_back(option.variable());
  for (const auto& [name, value] : environment) {
    if (!name.starts_with("INPUT_") || value.empty()) continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string meant = core::nearest(name, known);
    warnings.push_back(fmt::format("the input '{}' is unknown and was not used{}",
                                   core::one_line(core::lower(name.substr(6))),
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

}  // namespace

Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment) {
  Invocation invocation;
  invocation.values = inputs_of(environment);
  invocation.warnings = unknown_inputs(environment);

  CLI::App app("Publishes a release on Gitea or Forgejo: creates or reuses the release of a tag, brings "
               "its assets to the wanted state, and publishes it once everything is there. Every option "
               "can also be given as an environment variable: --tag-name is INPUT_TAG_NAME.",
               "gitea-release");
  app.set_version_flag("--version", std::string("gitea-release ") + GITEA_RELEASE_VERSION);
  app.allow_extras();
  std::string token_file;
  app.add_option("--token-file", token_file,
                 "Read the token from this file; '-' is standard input. Else it comes from INPUT_TOKEN or "
                 "GITEA_TOKEN.");
  std::map<std::string, std::string> given;
  std::map<std::string, const CLI::Option*> added;
  for (const Option& option : publish_options()) {
    if (!option.on_command_line()) continue;
    std::string help = option.meaning;
    if (*option.default_value != '\0') help += fmt::format(" Default: {}.", option.default_value);
    CLI::Option* row = app.add_option(option.flag(), given[option.name], help);
    row->take_last()->allow_extra_args(false);
    if (option.may_stand_alone()) row->expected(0, 1)->default_str("true");
    added[option.name] = row;
  }

  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    invocation.print = app.help();
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
    if (row->count() > 0) invocation.values[name] = given[name];
  }
  if (!token_file.empty()) invocation.values["token"] = read_token(token_file);
  return invocation;
}
