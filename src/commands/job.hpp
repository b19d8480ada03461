// SPDX-License-Identifier: MIT
// All that a run needs, gathered and checked before the first request.
#pragma once

#include "commands/destination.hpp"
#include "core/desired.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

struct Job : Destination {
  core::Desired desired;
};

/// Reads the files and looks everything up that needs no server. All mistakes in the inputs, those
/// already in `problems` too, come out as one Error (workflow).
Job gather(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log);

}  // namespace commands
