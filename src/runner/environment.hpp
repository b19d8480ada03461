// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace runner {

/// The process's environment, as a value: what a run depends on is passed to it.
using Environment = std::map<std::string, std::string>;

Environment read_environment();

/// "" where it is not set.
std::string value_of(const Environment& environment, const std::string& name);

}  // namespace runner
