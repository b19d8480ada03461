// SPDX-License-Identifier: MIT
// The only place that starts another program.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace disk {

/// A program of PATH, and all that it gets from us: no variable of ours but PATH, no input, no
/// descriptor, no terminal, no secret.
struct Child {
  std::string program;
  std::vector<std::string> arguments;              ///< without the program's name
  std::map<std::string, std::string> environment;  ///< besides PATH
  std::chrono::milliseconds time_limit{10'000};
  std::size_t output_limit = std::size_t{1} << 20;  ///< bytes
};

/// What the child prints to its standard output; nothing where PATH has no such program, or where it
/// ends with a failure. Whatever it has started by then ends with it. Throws Error (failed) where it
/// takes or prints more than its limits.
std::optional<std::string> output_of(const Child& child);

}  // namespace disk
