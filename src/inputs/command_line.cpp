// SPDX-License-Identifier: MIT
#include "inputs/command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/anywhere.hpp"
#include "inputs/aliases.hpp"
#include "inputs/arguments.hpp"
#include "inputs/completion.hpp"
#include "inputs/display.hpp"
#include "inputs/help.hpp"
#include "inputs/man_page.hpp"

namespace inputs {
namespace {

using core::Error;
using core::Fault;

/// An input that cannot be an option, because other users can see arguments.
struct Secret {
  const char* name;
  const char* variable;  ///< the variable that may contain it outside an action; "" for none
  const char* instead;   ///< the hint if it is given as an option
};

constexpr std::array secrets = {
    Secret{"token", "GITEA_TOKEN",
           "Set it in the environment (GITEA_TOKEN) or in a file (--token-file PATH)."},
    Secret{"webhook_url", "WEBHOOK_URL", "Set it in the environment (WEBHOOK_URL)."},
    Secret{"signing_key", "",
           "Set it in the environment (INPUT_SIGNING_KEY) or in a file (--signing-key-file PATH)."},
    Secret{"signing_password", "",
           "Set it in the environment (INPUT_SIGNING_PASSWORD) or in a file "
           "(--signing-password-file PATH)."},
};

std::string replaced(std::string text, char old_character, char new_character) {
  std::replace(text.begin(), text.end(), old_character, new_character);
  return text;
}

constexpr std::uint64_t max_secret_file_size = std::uint64_t{64} << 10;  // bytes

/// Reads a secret from a file; "-" is standard input.
std::string read_secret(const Option& option, const std::string& path) {
  const std::string flag = option.file_flag();
  const std::string text =
      disk::read_anywhere(path == "-" ? "/dev/stdin" : path, flag, max_secret_file_size);
  if (core::trim(text).empty()) {
    const std::string word = replaced(option.name, '_', ' ');
    throw Error(Fault::workflow,
                fmt::format("{}: '{}' does not contain a {}", flag, core::one_line(path), word),
                fmt::format("The file must contain only the {}.", word));
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
    const bool is_elsewhere = *secret.variable != '\0';
    if (value.text.empty() && is_elsewhere) {
      value.text = runner::value_of(environment, secret.variable);
    }
  }
  values["job_token"].text = runner::value_of(environment, "INPUT_JOB_TOKEN");
  return values;
}

bool has_aliases(const Command& command) { return &command == &command_table().front(); }

/// Warnings about INPUT_* variables that match no option: with the container action, a misspelt key
/// of `with:` becomes one.
std::vector<std::string> unknown_inputs(const Command& command,
                                        const runner::Environment& environment) {
  std::vector<std::string> warnings;
  constexpr std::string_view prefix = "INPUT_";
  std::vector<std::string> known;
  for (const Option& option : command.options) known.emplace_back(option.name);
  std::vector<std::string> accepted = {"job_token", "action_path"};  // set by the action itself
  accepted.insert(accepted.end(), known.begin(), known.end());
  if (has_aliases(command)) {
    for (const Alias& alias : alias_table()) accepted.push_back(core::lower(alias.name));
  }
  for (const auto& [variable, value] : environment) {
    if (!variable.starts_with(prefix) || value.empty()) continue;
    std::string name = core::lower(variable.substr(prefix.size()));
    const bool is_accepted = std::any_of(
        accepted.begin(), accepted.end(),
        [&](const std::string& one) { return one == name || replaced(one, '-', '_') == name; });
    if (is_accepted) continue;
    const std::string meant = core::nearest(name, known);
    warnings.push_back(
        fmt::format("the input '{}' is unknown and was ignored{}", core::one_line(name),
                    meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant)));
  }
  return warnings;
}

[[noreturn]] void unknown(const Command& command, const std::string& argument) {
  std::vector<std::string> known = {"--help", "--version"};
  for (const DisplayOption& option : display_options()) known.emplace_back(option.flag);
  for (const Command& other : command_table()) known.emplace_back(other.name);
  for (const Option& option : command.options) {
    known.push_back(option.on_command_line() ? option.flag() : option.file_flag());
  }
  const std::string word = argument.substr(0, argument.find('='));
  const std::string alias = word.starts_with("--") ? option_of_alias(word.substr(2)) : "";
  const std::string flag = alias.empty() ? word : "--" + replaced(alias, '_', '-');
  for (const Option& option : command.options) {
    if (option.on_command_line() || option.flag() != flag) continue;
    const auto secret =
        std::find_if(secrets.begin(), secrets.end(), [&](const Secret& known_secret) {
          return std::string_view(known_secret.name) == option.name;
        });
    throw Error(Fault::workflow,
                fmt::format("{} cannot be an option, because other users can see arguments", word),
                secret->instead);
  }
  const std::string meant = alias.empty() ? core::nearest(word, known) : flag;
  throw Error(Fault::workflow,
              fmt::format("'{}' is not an option or command", core::one_line(word)),
              meant.empty() ? "See 'gitea-release --help'."
                            : fmt::format("Did you mean '{}'? See 'gitea-release --help'.", meant));
}

void add_display(CLI::App& app, const DisplayOption& option, Invocation& invocation) {
  runner::Display& display = invocation.display;
  if (option.values.empty()) {
    app.add_flag_callback(option.flag,
                          [&display, flag = option.flag] { set_display(display, flag, ""); });
    return;
  }
  app.add_option_function<std::string>(option.flag,
                                       [&display, flag = option.flag](const std::string& value) {
                                         set_display(display, flag, value);
                                       })
      ->take_last()
      ->allow_extra_args(false);
}

/// The text that `help`, `completion` or `man` prints; "" for other arguments.
std::string document(const std::vector<std::string>& arguments) {
  const std::string word = arguments.empty() ? "" : arguments.front();
  const std::string about = arguments.size() > 1 ? arguments[1] : "";
  if (word == "man") return man_page();
  if (word == "completion") return completion_script(about);
  if (word != "help") return {};
  if (about.empty()) return help_text(command_table().front());
  if (const Command* command = find_command(about)) return help_text(*command);
  unknown(command_table().front(), about);
}

}  // namespace

bool prints_a_document(std::string_view word) {
  return word == "help" || word == "completion" || word == "man";
}

Invocation parse_invocation(const std::vector<std::string>& arguments,
                            const runner::Environment& environment, core::Problems& problems) {
  Invocation invocation;
  invocation.print = document(arguments);
  if (!invocation.print.empty()) return invocation;
  const Command* named = arguments.empty() ? nullptr : find_command(arguments.front());
  if (named != nullptr) invocation.command = named;
  const Command& command = *invocation.command;
  std::vector<std::string> reversed = completed_arguments(
      command, {arguments.begin() + (named == nullptr ? 0 : 1), arguments.end()});
  std::reverse(reversed.begin(), reversed.end());
  invocation.values = inputs_of(command, environment);
  invocation.warnings = unknown_inputs(command, environment);
  if (has_aliases(command)) {
    const auto warnings = apply_aliases(invocation.values, environment, problems);
    invocation.warnings.insert(invocation.warnings.end(), warnings.begin(), warnings.end());
  }

  CLI::App app;
  app.allow_extras();
  bool version = false;
  app.add_flag("--version", version);
  for (const DisplayOption& option : display_options()) add_display(app, option, invocation);
  std::map<std::string, std::string> secret_files;
  for (const Option& option : command.options) {
    const std::string flag = option.file_flag();
    if (!flag.empty()) app.add_option(flag, secret_files[option.name]);
  }
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
  } catch (const Error&) {
    throw;
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
  for (const Option& option : command.options) {
    const std::string& path = secret_files[option.name];
    if (!path.empty()) invocation.values[option.name].text = read_secret(option, path);
  }
  return invocation;
}

}  // namespace inputs
