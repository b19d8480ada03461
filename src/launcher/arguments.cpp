// SPDX-License-Identifier: MIT
#include "launcher/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace launcher {
namespace {

enum class Operand { none, may, must };

struct CommandRow {
  const char* name;
  Operand operand;
  std::string_view options;  ///< besides --json
};

constexpr std::array<CommandRow, 16> rows = {
    {{"status", Operand::none, ""},
     {"log", Operand::none, ""},
     {"version", Operand::none, ""},
     {"check", Operand::none, ""},
     {"download", Operand::may, "--from"},
     {"apply", Operand::may, "--now"},
     {"update", Operand::none, "--now"},
     {"confirm", Operand::none, ""},
     {"extend", Operand::must, ""},
     {"rollback", Operand::none, "--now --with-data --keep-data"},
     {"stop", Operand::none, ""},
     {"skip", Operand::must, ""},
     {"trust", Operand::must, ""},
     {"distrust", Operand::must, ""},
     {"selftest", Operand::may, ""},
     {"help", Operand::none, ""}}};

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
  if (option == "--json") return;
  if ((" " + std::string(row.options) + " ").find(" " + option + " ") != std::string::npos) return;
  throw misused(fmt::format("{} has no option {}", row.name, option));
}

void check_operand(const CommandRow& row, const Arguments& arguments) {
  if (row.operand == Operand::must && arguments.operand.empty()) {
    throw misused(fmt::format("{} needs an argument", row.name));
  }
  if (row.operand == Operand::none && !arguments.operand.empty()) {
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
    arguments.from = words[i];
  }
  check_operand(row, arguments);
  return arguments;
}

}  // namespace launcher
