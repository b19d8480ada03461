// SPDX-License-Identifier: MIT
// Notes generated from the pull requests of a release.
#pragma once

#include <string>
#include <vector>

#include "core/release/generated_notes.hpp"

namespace core {

/// The pull requests of the release: those whose merge is among its commits, in the order of these.
std::vector<PullRequest> pulls_of(const std::vector<Commit>& commits,
                                  const std::vector<PullRequest>& merged);

/// Lists `pulls` by title, number and author, in the categories of their labels and of the
/// Conventional Commit types of their titles; then the `new_authors` with their first pull request.
/// Has at most generated_notes_limit bytes; a last line counts the pull requests that do not fit.
std::string pull_notes(const ReleaseHistory& history, const std::vector<PullRequest>& pulls,
                       const std::vector<std::string>& new_authors, const NotesLayout& layout);

}  // namespace core
