// SPDX-License-Identifier: MIT
#include "call.hpp"

#include "text.hpp"

namespace sandbox {

std::optional<std::int64_t> Call::number_argument(std::size_t index) const {
  return to_number(arguments.at(index));
}

void Call::refuse(int status, std::string_view message) const {
  throw Refusal{error_answer(world, status, message)};
}

void Call::not_found(std::string_view message) const {
  throw Refusal{not_found_answer(world, request, message)};
}

void Call::broken(std::string_view why) const {
  throw Refusal{server_error_answer(world, identity, why)};
}

WriteLock::Hold Call::begin_write() const {
  WriteLock::Hold hold = world.begin_write();
  if (!hold) broken("database is locked (5) (SQLITE_BUSY)");
  return hold;
}

}  // namespace sandbox
