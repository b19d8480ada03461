// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/job.hpp"
#include "core/release/session.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"

namespace commands {

/// The outputs, as far as the run has determined them. Warnings about outputs that are too large go
/// to `log`.
runner::Outputs outputs_of(const core::Session& session, runner::Log& log);

/// The last lines of the log: a summary, and the address of the release.
void close_log(const core::Session& session, const Job& job, runner::Log& log);

/// Why the release is still a draft: the files and digests that it waits for. For a person.
std::vector<std::string> what_it_waits_for(const core::Session& session);

}  // namespace commands
