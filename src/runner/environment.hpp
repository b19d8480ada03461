// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace runner {

/// The environment of the process as a value, so that it can be passed to functions.
using Environment = std::map<std::string, std::string>;

Environment read_environment();

/// Returns the environment, and erases from the process all variables that no library reads, so
/// that neither /proc/PID/environ nor a child process shows a token that was in them.
Environment take_environment();

/// "" if it is not set.
std::string value_of(const Environment& environment, const std::string& name);

}  // namespace runner
