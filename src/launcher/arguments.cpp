// SPDX-License-Identifier: MIT
#include "launcher/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"

namespace launcher {
namespace {

/// A command with what may follow it; `[…]` may be left out.
struct CommandRow {
  const char* name;
  std::string_view usage;  ///< besides --json
};

constexpr std::array<CommandRow, 16> rows = {{{"status", ""},
                                              {"log", ""},
                                              {"version", ""},
                                              {"check", ""},
                                              {"download", "[VERSION] [--from FILE]"},
                                              {"apply", "[VERSION] [--now]"},
                                              {"update", "[--now]"},
                                              {"confirm", ""},
                                              {"extend", "SECONDS"},
                                              {"rollback", "[--with-data|--keep-data] [--now]"},
                                              {"stop", ""},
                                              {"skip", "VERSION"},
                                              {"trust", "KEY"},
                                              {"distrust", "KEY"},
                                              {"selftest", "[VERSION]"},
                                              {"help", ""}}};

enum class Operand { none, may, must };

Operand operand_of(const CommandRow& row) {
  const std::string_view operand = row.usage.substr(0, row.usage.find(' '));
  if (operand.empty() || operand.starts_with("[--")) return Operand::none;
  return operand.starts_with('[') ? Operand::may : Operand::must;
}

/// Whether `option` is a word of the usage.
bool has_option(const CommandRow& row, const std::string& option) {
  std::string words = fmt::format(" {} ", row.usage);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '[' || c == ']' || c == '|'; }, ' ');
  return words.find(fmt::format(" {} ", option)) != std::string::npos;
}

core::Error misused(const std::string& what) { return {core::Fault::workflow, what}; }

const CommandRow& row_of(const std::string& name) {
  const auto* const found = std::find_if(rows.begin(), rows.end(),
                                         [&](const CommandRow& row) { return row.name == name; });
  if (found != rows.end()) return *found;
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const CommandRow& row : rows) names.emplace_back(row.name);
  throw core::Error(core::Fault::workflow, fmt::format("--launcher has no command '{}'", name),
                    fmt::format("The commands are {}.", core::join(names, ", ")));
}

void check_option(const CommandRow& row, const std::string& option) {
  if (option == "--json" || has_option(row, option)) return;
  throw misused(fmt::format("{} has no option {}", row.name, option));
}

void check_operand(const CommandRow& row, const Arguments& arguments) {
  if (operand_of(row) == Operand::must && arguments.operand.empty()) {
    throw misused(fmt::format("{} needs an argument", row.name));
  }
  if (operand_of(row) == Operand::none && !arguments.operand.empty()) {
    throw misused(fmt::format("{} has no argument", row.name));
  }
}

void set_option(Arguments& arguments, const std::string& option) {
  if (option == "--json") arguments.json = true;
  if (option == "--now") arguments.now = true;
  if (option == "--with-data") arguments.data = DataChoice::with_data;
  if (option == "--keep-data") arguments.data = DataChoice::keep_data;
}

}  // namespace

std::string usage() {
  std::vector<std::string> lines;
  lines.reserve(rows.size());
  for (const CommandRow& row : rows) {
    lines.emplace_back(core::trim(fmt::format("{} {}", row.name, row.usage)));
  }
  return fmt::format("commands, each also with --json:\n{}", core::join(lines, "\n"));
}

Arguments parse_arguments(const std::vector<std::string>& words) {
  Arguments arguments;
  arguments.command = words.empty() ? "status" : words.front();
  const CommandRow& row = row_of(arguments.command);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      if (!arguments.operand.empty()) throw misused(fmt::format("{} is one too many", word));
      arguments.operand = word;
      continue;
    }
    check_option(row, word);
    set_option(arguments, word);
    if (word != "--from") continue;
    if (++i == words.size()) throw misused("--from needs a file");
    arguments.from = core::path_of(words[i]);
  }
  check_operand(row, arguments);
  return arguments;
}

}  // namespace launcher
