// SPDX-License-Identifier: MIT
// Finds the cause of a failed request by more requests, if possible.
#pragma once

#include <optional>

#include "commands/job.hpp"
#include "core/error.hpp"
#include "core/release.hpp"
#include "gitea/api.hpp"

namespace commands {

/// The cause of a failure.
struct Cause {
  core::Error error;
  bool is_certain = true;  ///< a retry cannot help; otherwise it is only a possible cause
};

/// Checks the repository, the tag, the server's settings or the port, depending on the failure.
/// `release` is from the last snapshot. nullopt if no cause can be found.
std::optional<Cause> cause_of(const core::Error& error, const Job& job,
                              const std::optional<core::Release>& release, gitea::Api& api);

/// The error with its cause, if one is found; otherwise unchanged.
core::Error with_cause(const core::Error& error, const Job& job,
                       const std::optional<core::Release>& release);

/// The same for a failure to reach the server.
core::Error with_cause(const core::Error& error, const gitea::Server& server);

}  // namespace commands
