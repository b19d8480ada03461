// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace runner {

/// The process's environment, as a value: what a run depends on is passed to it.
using Environment = std::map<std::string, std::string>;

Environment read_environment();

/// The same, and wipes from the process what no library reads: a token that arrived there can be
/// seen by nobody in /proc/PID/environ any more, children included.
Environment take_environment();

/// "" where it is not set.
std::string value_of(const Environment& environment, const std::string& name);

}  // namespace runner
