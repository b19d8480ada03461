// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/job.hpp"
#include "core/release/session.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"

namespace commands {

/// The outputs, filled as far as the run came. Warnings about what does not fit go to `log`.
runner::Outputs outputs_of(const core::Session& session, runner::Log& log);

/// The last lines of the log: what was done, and the release's address.
void close_log(const core::Session& session, const Job& job, runner::Log& log);

/// Markdown: the release and a table of its assets.
std::string summary_of(const core::Session& session);

}  // namespace commands
