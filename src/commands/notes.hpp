// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Makes the notes of a tag from the commits since the previous release, and prints them or writes
/// them to a file. Throws core::Error; `problems` holds the mistakes that were found in the values.
void notes(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log);

}  // namespace commands
