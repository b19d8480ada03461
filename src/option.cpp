// SPDX-License-Identifier: MIT
// What a row of the table in options.cpp can be asked.
#include <algorithm>
#include <string>

#include "options.hpp"

std::string Option::flag() const {
  std::string result = std::string("--") + name;
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

std::string Option::variable() const {
  std::string result = std::string("INPUT_") + name;
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

bool Option::on_command_line() const {
  return !std::holds_alternative<gitea::Token Config::*>(member);
}

bool Option::may_stand_alone() const {
  return std::holds_alternative<bool Config::*>(member) ||
         std::holds_alternative<std::optional<bool> Config::*>(member);
}

const Command* find_command(std::string_view name) {
  for (const Command& command : command_table()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}
