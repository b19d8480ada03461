// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "commands/destination.hpp"
#include "commands/job.hpp"
#include "core/error.hpp"
#include "gitea/api.hpp"

namespace commands {

/// After a failure: looks at the repository and the tag, and says what it can be. The error as it
/// was, where nothing more can be found out.
core::Error diagnosed(const core::Error& error, const Job& job,
                      const std::optional<core::Release>& release);

/// The repository is not there for this token.
core::Error unknown_repository(const Destination& place);

/// What keeps every token from making releases in a repository of this state; nullopt for nothing.
std::optional<core::Error> obstacle(const gitea::RepositoryInfo& repository,
                                    const std::string& name);

/// What keeps all but its administrators from it.
core::Error releases_off(const std::string& name);

}  // namespace commands
