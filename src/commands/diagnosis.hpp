// SPDX-License-Identifier: MIT
// After a failure: where a look can tell the cause, it is told.
#pragma once

#include <optional>

#include "commands/job.hpp"
#include "core/error.hpp"
#include "core/release.hpp"
#include "gitea/api.hpp"

namespace commands {

/// What a look found behind a failure.
struct Cause {
  core::Error error;
  bool is_certain = true;  ///< trying again is in vain; else it is what it can be
};

/// Looks at the repository, the tag, the server's settings or the port, as the failure suggests.
/// `release`: what the last look saw. nullopt where nothing more can be found out.
std::optional<Cause> cause_of(const core::Error& error, const Job& job,
                              const std::optional<core::Release>& release, gitea::Api& api);

/// The error with its cause told, where there is one; else as it was.
core::Error diagnosed(const core::Error& error, const Job& job,
                      const std::optional<core::Release>& release);

/// What can be said of a failure to reach the server; else the error as it was.
core::Error diagnosed(const core::Error& error, const gitea::Server& server);

}  // namespace commands
