// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "commands/session_runner.hpp"
#include "core/error.hpp"

namespace commands {

/// The job summary in Markdown: the release and its files, and whatever the person who reads it has
/// to know: what a draft waits for, what a dry run would do, why the run failed.
std::string summary_of(const SessionRunner& runner, const std::optional<core::Error>& error);

/// The same for a run that failed before it asked the server.
std::string summary_of(const core::Error& error);

}  // namespace commands
