// SPDX-License-Identifier: MIT
// A row of the table: an input of an action, which is also an option of the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>

#include "inputs/inputs.hpp"

namespace inputs {

/// A whole number and its limits.
struct Number {
  std::uint64_t* value;
  std::uint64_t min;
  std::uint64_t max;
};

/// The member that receives a value. parse.cpp parses each type.
using Slot = std::variant<std::string*, bool*, std::optional<bool>*, std::chrono::seconds*, Number,
                          core::Token*, Prerelease*, IfExists*, core::Overwrite*, core::Encoding*,
                          core::ProjectKind*, core::Retention::Kind*, core::Retention::Order*>;

/// Where an option is stored in the inputs of its command.
struct Place {
  Slot (*slot)(Inputs& inputs);
  bool is_secret;
  bool is_switch;  ///< a boolean
};

template <typename Class, typename Member>
Class class_of(Member Class::*);

/// A member of a command's inputs by its path: member<&Publish::server, &Server::token>.
template <auto First, auto... Rest>
auto& member(Inputs& inputs) {
  using Command = decltype(class_of(First));
  return ((std::get<Command>(inputs).*First).*....*Rest);
}

template <auto... Path>
Place at() {
  using Value = std::remove_reference_t<decltype(member<Path...>(std::declval<Inputs&>()))>;
  return {[](Inputs& inputs) -> Slot { return &member<Path...>(inputs); },
          std::is_same_v<Value, core::Token>,
          std::is_same_v<Value, bool> || std::is_same_v<Value, std::optional<bool>>};
}

template <std::uint64_t min, std::uint64_t max, auto... Path>
Place number_at() {
  return {[](Inputs& inputs) -> Slot {
            return Number{&member<Path...>(inputs), min, max};
          },
          false, false};
}

struct Option {
  const char* name;           ///< snake_case; the command line has dashes
  const char* default_value;  ///< as text for the documentation; "" for none
  const char* meaning;
  Place place;
  bool line_each = false;  ///< one value per line; the configuration file may contain a list

  std::string flag() const;      ///< "--tag-name"
  std::string variable() const;  ///< "INPUT_TAG_NAME"
  bool on_command_line() const;  ///< false for secrets
  /// "--token-file" for a secret that may be in a file; "" for everything else.
  std::string file_flag() const;
  bool may_stand_alone() const;  ///< without a value, `--draft` means `--draft true`
};

}  // namespace inputs
