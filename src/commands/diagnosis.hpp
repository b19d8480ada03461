// SPDX-License-Identifier: MIT
#pragma once

#include "commands/job.hpp"
#include "commands/publishing.hpp"
#include "core/error.hpp"
#include "gitea/api.hpp"

namespace commands {

/// After a failure: looks at the repository and the tag, and says what it can be. The error as it
/// was, where nothing more can be found out.
core::Error diagnosed(const core::Error& error, const Job& job, const Outcome& outcome);

/// The repository is not there for this token.
core::Error unknown_repository(const Job& job);

}  // namespace commands
