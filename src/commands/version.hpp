// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Finds the version of this build, writes it where `stamp` says, and fills the outputs.
void version(const Config& config, const runner::Environment& environment, core::Problems& problems,
             runner::Log& log);

}  // namespace commands
