// SPDX-License-Identifier: MIT
// All that a run needs, gathered and checked before the first request.
#pragma once

#include <string>

#include "commands/destination.hpp"
#include "core/desired.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

struct Job : Destination {
  core::Desired desired;
};

/// The tag that a run is for: `tag_name`, else the job's. What is wrong with it goes to `problems`.
std::string find_tag_name(const Destination& destination, core::Problems& problems);

/// Reads the files and looks everything up that needs no server. All mistakes in the inputs, those
/// already in `problems` too, come out as one Error (workflow).
Job gather(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log);

}  // namespace commands
