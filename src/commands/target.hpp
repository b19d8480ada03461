// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/job.hpp"
#include "core/release/built_commit.hpp"
#include "gitea/api.hpp"

namespace commands {

/// The commit that a tag which does not exist yet will be made at: that of a branch, tag or commit;
/// for "" that of the default branch's head. It is resolved now, so that what is published is what
/// the mark says. Throws Error (workflow) where the server knows none of this name.
std::string resolve_target(std::string target, const Job& job, gitea::Api& api);

/// What this run has checked out; of no consequence where it releases another repository.
core::BuiltCommit built_commit_of(const Job& job);

}  // namespace commands
