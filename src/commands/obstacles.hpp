// SPDX-License-Identifier: MIT
// What keeps a release from being made, as far as it can be seen before the first write.
#pragma once

#include <optional>
#include <string>

#include "commands/destination.hpp"
#include "commands/job.hpp"
#include "core/error.hpp"
#include "gitea/api.hpp"

namespace commands {

/// The repository is not there for this token.
core::Error unknown_repository(const Destination& place);

/// What keeps every token from making releases in a repository of this state; nullopt for nothing.
std::optional<core::Error> obstacle(const gitea::RepositoryInfo& repository,
                                    const std::string& name);

/// What keeps all but its administrators from it.
core::Error releases_off(const std::string& name);

/// The tag is protected from the token's user, as far as the token may see that; nullopt for
/// nothing. Only administrators of the repository see it.
std::optional<core::Error> protection(const std::string& tag, gitea::Api& api);

/// Before a release or a tag is made; throws Error (workflow) where that cannot work. One request;
/// up to two more where the token may see the protected tags and a tag has to be made.
void check_before_creating(const Job& job, gitea::Api& api, bool makes_tag);

}  // namespace commands
