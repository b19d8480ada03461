// SPDX-License-Identifier: MIT
// Notes made from the commits since the previous release.
#pragma once

#include <functional>
#include <string>

#include "commands/job.hpp"
#include "gitea/api.hpp"

namespace commands {

struct Generated {
  std::string text;
  std::string previous_tag;  ///< "" for a first release
};

/// For the job's tag, which is or will be at `commit`. Requests: 1 for 50 tags and 2 for 100 commits
/// (1 at least of each), of 2,000 tags and 1,000 commits at most; with `previous_tag` 1 instead of
/// those for the tags. Throws Error (workflow) where that one does not exist.
Generated generate_notes(const Job& job, gitea::Api& api, const std::string& commit,
                         const std::function<void(const std::string&)>& warn);

}  // namespace commands
