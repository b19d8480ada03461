// SPDX-License-Identifier: MIT
// What the doctor looks at.
#pragma once

#include <vector>

#include "commands/destination.hpp"
#include "core/finding.hpp"

namespace commands {

/// What the runner gives the job: event, tag, outputs.
std::vector<core::Finding> check_job(const Destination& place,
                                     const runner::Environment& environment);

/// The server, and what this token may do in the repository. One that cannot be reached is the only
/// finding. Writes nothing.
std::vector<core::Finding> check_server(const Destination& place);

}  // namespace commands
