// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/publishing.hpp"
#include "runner/outputs.hpp"

namespace commands {

/// The outputs, filled as far as the run came. Warnings about what does not fit go to `log`.
runner::Outputs outputs_of(const Outcome& outcome, const Job& job, runner::Log& log);

/// The last lines of the log: what was done, and the release's address.
void close_log(const Outcome& outcome, const Job& job, runner::Log& log);

/// Markdown: the release and a table of its assets.
std::string summary_of(const Outcome& outcome, const Job& job);

}  // namespace commands
