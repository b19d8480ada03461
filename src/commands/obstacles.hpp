// SPDX-License-Identifier: MIT
// What prevents a release from being created, as far as it can be checked before the first write.
#pragma once

#include <optional>
#include <string>

#include "commands/destination.hpp"
#include "commands/job.hpp"
#include "core/error.hpp"
#include "gitea/api.hpp"

namespace commands {

/// The Error for a repository that does not exist, or that this token may not see.
core::Error unknown_repository(const Destination& destination);

/// `error`, or unknown_repository() if that is why the server found nothing; this takes one request.
core::Error or_unknown_repository(const core::Error& error, const Destination& destination,
                                  gitea::Api& api);

/// What prevents all tokens from creating releases in the repository; nullopt if nothing does.
std::optional<core::Error> obstacle(const gitea::RepositoryInfo& repository,
                                    const std::string& name);

/// The Error for a repository in which only administrators can create releases, because they are
/// disabled.
core::Error releases_off(const std::string& name);

/// The Error if the tag is protected from the token's user; nullopt if it is not, or if the token
/// may not see that. Only administrators of the repository may.
std::optional<core::Error> protection(const std::string& tag, gitea::Api& api);

/// The Error if git cannot store the tag beside an existing one: `dd` beside `dd/x`.
std::optional<core::Error> clash(const std::string& tag, gitea::Api& api);

/// Throws Error (workflow) if a release or tag cannot be created. Sends one request; if a tag has to be
/// created, one more and one for each slash in its name, and up to two if the token may see the
/// protected tags. Returns a warning, or "".
std::string check_before_creating(const Job& job, gitea::Api& api, bool makes_tag);

/// What becomes of a tag that is created in a pull mirror.
inline constexpr const char* mirror_warning =
    "this repository is a pull mirror: its next synchronisation deletes tags that the original "
    "repository does not have, and turns their releases into drafts. Create the tag in the "
    "original "
    "repository";

}  // namespace commands
