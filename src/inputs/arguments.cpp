// SPDX-License-Identifier: MIT
#include "inputs/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "inputs/aliases.hpp"
#include "inputs/display.hpp"

namespace inputs {
namespace {

/// All options that may be written, and those that may not: `--tok` must not become
/// `--token-file`, because what follows is a secret that would be printed as a path.
std::vector<std::string> flags_for_completing(const Command& command) {
  std::vector<std::string> flags = {"--help", "--version"};
  for (const DisplayOption& option : display_options()) flags.emplace_back(option.flag);
  for (const Option& option : command.options) {
    flags.push_back(option.flag());
    if (!option.file_flag().empty()) flags.push_back(option.file_flag());
  }
  return flags;
}

bool is_secret(const Command& command, const std::string& flag) {
  return std::any_of(command.options.begin(), command.options.end(), [&](const Option& option) {
    return !option.on_command_line() && option.flag() == flag;
  });
}

bool is_option(const std::string& argument) {
  return argument.size() > 2 && argument.starts_with("--");
}

/// The whole name of the option that `word` begins, or `word`.
std::string completed_flag(const Command& command, const std::string& word) {
  std::vector<std::string> meant;
  for (const std::string& flag : flags_for_completing(command)) {
    if (flag == word) return word;
    if (flag.starts_with(word)) meant.push_back(flag);
  }
  if (meant.empty()) return word;
  const std::string alias = option_of_alias(word.substr(2));
  for (const Option& option : command.options) {
    if (option.name == alias) return option.flag().starts_with(word) ? option.flag() : word;
  }
  const auto begins_all = [&](const std::string& flag) {
    return std::all_of(meant.begin(), meant.end(),
                       [&](const std::string& one) { return one.starts_with(flag); });
  };
  for (const std::string& flag : meant) {
    if (is_secret(command, flag) && begins_all(flag)) return flag;
  }
  if (meant.size() == 1) return meant.front();
  throw core::Error(core::Fault::workflow,
                    fmt::format("'{}' can be {}", core::one_line(word), core::join(meant, ", ")),
                    "Write more of the name.");
}

const Option* list_option(const Command& command, const std::string& flag) {
  for (const Option& option : command.options) {
    if (option.line_each && option.on_command_line() && option.flag() == flag) return &option;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> completed_arguments(const Command& command,
                                             const std::vector<std::string>& arguments) {
  std::vector<std::string> result;
  std::map<std::string, std::vector<std::string>> lists;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!is_option(arguments[i])) {
      result.push_back(arguments[i]);
      continue;
    }
    const auto equals = arguments[i].find('=');
    const std::string flag = completed_flag(command, arguments[i].substr(0, equals));
    const bool has_value = equals != std::string::npos;
    if (list_option(command, flag) == nullptr) {
      result.push_back(has_value ? flag + arguments[i].substr(equals) : flag);
      continue;
    }
    std::vector<std::string>& values = lists[flag];
    if (has_value) values.push_back(arguments[i].substr(equals + 1));
    const std::size_t before = values.size();
    while (i + 1 < arguments.size() && !arguments[i + 1].starts_with('-')) {
      values.push_back(arguments[++i]);
    }
    if (values.size() == before && !has_value) result.push_back(flag);  // its value is missing
  }
  for (const auto& [flag, values] : lists) {
    if (values.empty()) continue;
    const std::string value = core::join(values, "\n");
    if (value.empty()) {
      result.insert(result.end(), {flag, ""});  // "--files=" would count as without a value
    } else {
      result.push_back(flag + "=" + value);
    }
  }
  return result;
}

}  // namespace inputs
