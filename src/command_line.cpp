// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/text.hpp"
#include "disk/anywhere.hpp"
#include "help.hpp"

namespace {

using core::Error;
using core::Fault;

/// An input that is no option, since arguments can be seen by everybody.
struct Secret {
  const char* name;
  const char* variable;  ///< where it may come from outside an action
  const char* instead;   ///< of giving it as an option
};

constexpr std::array secrets = {
    Secret{"token", "GITEA_TOKEN",
           "Give it in the environment (GITEA_TOKEN) or in a file (--token-file PATH)."},
    Secret{"webhook_url", "WEBHOOK_URL", "Give it in the environment (WEBHOOK_URL)."},
};

constexpr std::uint64_t largest_token_file = std::uint64_t{64} << 10;  // bytes

/// The token from --token-file; "-" is standard input.
std::string read_token(const std::string& path) {
  const std::string option = "--token-file";
  const std::string text =
      disk::read_anywhere(path == "-" ? "/dev/stdin" : path, option, largest_token_file);
  if (core::trim(text).empty()) {
    throw Error(Fault::workflow,
                fmt::format("{}: no token could be read from '{}'", option, core::one_line(path)),
                "The file has to hold the token and nothing else.");
  }
  return std::string(core::trim(text));
}

Values inputs_of(const Command& command, const runner::Environment& environment) {
  Values values;
  for (const Option& option : command.options) {
    const std::string value = runner::value_of(environment, option.variable());
    if (!value.empty()) values[option.name].text = value;
  }
  for (const Secret& secret : secrets) {
    Value& value = values[secret.name];
    if (value.text.empty()) value.text = runner::value_of(environment, secret.variable);
  }
  values["job_token"].text = runner::value_of(environment, "INPUT_JOB_TOKEN");
  return values;
}

/// Inputs that no option knows: with the container flavour a misspelt `with:` key arrives so.
std::vector<std::string> unknown_inputs(const Command& command,
                                        const runner::Environment& environment) {
  std::vector<std::string> warnings;
  std::vector<std::string> known;
  for (const Option& option : command.options) known.push_back(option.variable());
  for (const auto& [name, value] : environment) {
    if (!name.starts_with("INPUT_") || value.empty()) continue;
    if (name == "INPUT_JOB_TOKEN" || name == "INPUT_ACTION_PATH") continue;  // the action's own
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string meant = core::nearest(name, known);
    warnings.push_back(fmt::format(
        "the input '{}' is unknown and was not used{}", core::one_line(core::lower(name.substr(6))),
        meant.empty() ? "" : fmt::format("; did you mean '{}'?", core::lower(meant.substr(6)))));
  }
  return warnings;
}

[[noreturn]] void unknown(const Command& command, const std::string& argument) {
  std::vector<std::string> known = {"--help", "--version", "--token-file"};
  for (const Command& one : command_table()) known.emplace_back(one.name);
  for (const Option& option : command.options) {
    if (option.on_command_line()) known.push_back(option.flag());
  }
  const std::string word = argument.substr(0, argument.find('='));
  for (const Option& option : command.options) {
    if (option.on_command_line() || option.flag() != word) continue;
    const auto secret = std::find_if(secrets.begin(), secrets.end(), [&](const Secret& one) {
      return std::string_view(one.name) == option.name;
    });
    throw Error(Fault::workflow,
                fmt::format("{} is no option: arguments can be seen by everybody", word),
                secret->instead);
  }
  const std::string meant = core::nearest(word, known);
  throw Error(Fault::workflow, fmt::format("'{}' is no option or command", core::one_line(word)),
              meant.empty() ? "See 'gitea-release --help'."
                            : fmt::format("Did you mean '{}'? See 'gitea-release --help'.", meant));
}

}  // namespace

const Command& command_in(const std::vector<std::string>& arguments) {
  const Command* named = arguments.empty() ? nullptr : find_command(arguments.front());
  return named == nullptr ? command_table().front() : *named;
}

Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment) {
  Invocation invocation;
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  if (!arguments.empty()) {
    if (const Command* named = find_command(arguments.front())) {
      invocation.command = named;
      reversed.pop_back();
    }
  }
  const Command& command = *invocation.command;
  invocation.values = inputs_of(command, environment);
  invocation.warnings = unknown_inputs(command, environment);

  CLI::App app;
  app.allow_extras();
  bool version = false;
  std::string token_file;
  app.add_flag("--version", version);
  app.add_option("--token-file", token_file);
  std::map<std::string, std::string> given;
  std::map<std::string, const CLI::Option*> added;
  for (const Option& option : command.options) {
    if (!option.on_command_line()) continue;
    CLI::Option* row = app.add_option(option.flag(), given[option.name]);
    row->take_last()->allow_extra_args(false);
    if (option.may_stand_alone()) row->expected(0, 1);
    added[option.name] = row;
  }

  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    invocation.print = help_text(command);
    return invocation;
  } catch (const CLI::ParseError& error) {
    throw Error(Fault::workflow, error.what(), "See 'gitea-release --help'.");
  }
  if (version) invocation.print = std::string("gitea-release ") + GITEA_RELEASE_VERSION + "\n";
  const auto rest = app.remaining();
  if (!rest.empty()) unknown(command, rest.front());
  for (const auto& [name, row] : added) {
    if (row->count() == 0) continue;
    const bool alone = row->results().empty() || row->results().back().empty();
    invocation.values[name] = {alone && row->get_expected_min() == 0 ? "true" : given[name], ""};
  }
  if (!token_file.empty()) invocation.values["token"].text = read_token(token_file);
  return invocation;
}
