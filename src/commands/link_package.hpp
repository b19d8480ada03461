// SPDX-License-Identifier: MIT
#pragma once

#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Links a package to its repository, unless it is linked there already.
void link_package(const Config& config, const runner::Environment& environment,
                  core::Problems& problems, runner::Log& log);

}  // namespace commands
