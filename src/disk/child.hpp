// SPDX-License-Identifier: MIT
// The only code that starts another program.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace disk {

/// A program from PATH. It inherits only the variable PATH from this process: no input, no other
/// descriptor, no terminal, no secret.
struct Child {
  std::string program;
  std::vector<std::string> arguments;              ///< without the name of the program
  std::map<std::string, std::string> environment;  ///< in addition to PATH
  std::chrono::milliseconds time_limit{10'000};
  std::size_t output_limit = std::size_t{1} << 20;  ///< bytes
};

/// The child's standard output; nullopt if PATH has no such program, or if it fails. Ends all
/// processes that the child has started. Throws Error (failed) if the child exceeds the limit of
/// time or output.
std::optional<std::string> output_of(const Child& child);

}  // namespace disk
