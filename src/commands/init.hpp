// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Writes the workflows, and what a project of its kind needs besides, into a project; says what is
/// left to do by hand. What is there already stays, unless `force` is set.
void init(const Config& config, const runner::Environment& environment, core::Problems& problems,
          runner::Log& log);

}  // namespace commands
