// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Looks at everything that a publish needs, writes nothing, and prints how each stands. Throws
/// Error where a publish would fail.
void doctor(const Config& config, const runner::Environment& environment, core::Problems& problems,
            runner::Log& log);

}  // namespace commands
