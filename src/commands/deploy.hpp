// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Calls the redeploy webhook, where one is given.
void deploy(const Config& config, const runner::Environment& environment, core::Problems& problems,
            runner::Log& log);

}  // namespace commands
