// SPDX-License-Identifier: MIT
// The checks of the doctor.
#pragma once

#include <vector>

#include "commands/destination.hpp"
#include "commands/doctor_finding.hpp"

namespace commands {

/// Checks what the runner provides: event, tag, outputs.
std::vector<Finding> check_job(const inputs::Doctor& inputs, const Context& context);

/// Checks the server, and what this token may do in the repository. If the server cannot be
/// reached, that is the only finding. Writes nothing.
std::vector<Finding> check_server(const inputs::Doctor& inputs, const Destination& destination,
                                  const Context& context);

}  // namespace commands
