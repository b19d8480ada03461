// SPDX-License-Identifier: MIT
#include "inputs/option.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace inputs {

std::string Option::flag() const {
  std::string result = std::string("--") + name;
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

std::string Option::variable() const { return "INPUT_" + core::upper(name); }

bool Option::on_command_line() const { return !place.is_secret; }

std::string Option::file_flag() const {
  const bool is_address = std::string_view(name) == "webhook_url";
  return on_command_line() || is_address ? "" : flag() + "-file";
}

bool Option::may_stand_alone() const { return place.is_switch; }

}  // namespace inputs
