// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/destination.hpp"
#include "core/release/built_commit.hpp"
#include "gitea/api.hpp"

namespace commands {

/// Resolves the commit at which a new tag will be created: that of a branch, tag or commit id, or
/// of the head of the default branch for "". It is resolved once, so that the published commit is
/// the one in the mark. Throws Error (workflow) if the server does not know the name.
std::string resolve_target(std::string target, const Destination& destination, gitea::Api& api);

/// The commit that this run has checked out; empty if the release is in another repository.
core::BuiltCommit built_commit_of(const inputs::Server& inputs, const runner::Facts& facts,
                                  const std::string& tag);

}  // namespace commands
