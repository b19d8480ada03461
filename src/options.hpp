// SPDX-License-Identifier: MIT
// THE table: every command, with each input of its action and option of its command line, once. It
// feeds INPUT_*, the command line, --help, the action.yml files and the README; tests/contract holds
// them together.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config.hpp"

/// A whole number and what it may be.
struct Number {
  std::uint64_t Config::*member;
  std::uint64_t least;
  std::uint64_t most;
};

using Member = std::variant<std::string Config::*, bool Config::*, std::optional<bool> Config::*,
                            std::chrono::seconds Config::*, Number, gitea::Token Config::*,
                            Prerelease Config::*, IfExists Config::*, core::Overwrite Config::*,
                            gitea::Encoding Config::*, core::ProjectKind Config::*>;

struct Option {
  const char* name;           ///< snake_case; the command line has dashes
  const char* default_value;  ///< in words, as the documents show it; "" for none
  const char* meaning;
  Member member;
  bool line_each = false;  ///< one value a line; the configuration file may have a list

  std::string flag() const;      ///< "--tag-name"
  std::string variable() const;  ///< "INPUT_TAG_NAME"
  bool on_command_line() const;  ///< secrets are not
  bool may_stand_alone() const;  ///< `--draft` means `--draft true`
};

struct Output {
  const char* name;
  const char* meaning;
};

struct Command {
  std::string_view
      name;  ///< the word on the command line, and the folder of its action, if it is one
  const char* summary;          ///< one sentence: the head of --help, and what action.yml says
  std::vector<Option> options;  ///< in the order of the documents
  std::vector<Output> outputs;
  bool is_action = true;  ///< else for a person at a keyboard only
};

/// `publish` first: it is what an invocation without a command means.
const std::vector<Command>& command_table();

const Command* find_command(std::string_view name);  ///< nullptr where there is none
