// SPDX-License-Identifier: MIT
// What a run decides once, at its first look.
#pragma once

#include <functional>
#include <string>

#include "commands/job.hpp"
#include "core/release/memory.hpp"
#include "gitea/api.hpp"

namespace commands {

/// The run's commit: the tag's, or where there is no tag the one that it will be made at. Throws
/// Error (failed) where this run was started by a push of the tag that a later push has overtaken.
void find_commit(Job& job, gitea::Api& api, core::Memory& memory,
                 const std::function<void(const std::string&)>& warn);

/// `if_exists`, for a release that is published: true means skip; throws Error (workflow) for
/// `fail`.
bool may_be_skipped(const Job& job, const core::Observed& look);

/// `overwrite_files: fail`: throws Error (workflow) that names all clashes.
void check_clashes(const Job& job, const core::Observed& look, const core::Memory& memory);

}  // namespace commands
