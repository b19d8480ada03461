// SPDX-License-Identifier: MIT
// Generates notes from the commits since the previous release.
#pragma once

#include <functional>
#include <string>

#include "commands/destination.hpp"
#include "gitea/api.hpp"

namespace commands {

struct Generated {
  std::string text;
  std::string previous_tag;  ///< "" for a first release
  std::string remark;        ///< why that one, where it is not plain from the versions; else ""
};

/// Generates the notes of `tag`, which points or will point to `commit`. Sends one request for each
/// 50 tags and one for each 50 commits, at most for 2,000 tags and 1,000 commits; with
/// `previous_tag` only one request for the tag. With `source: pulls` also one for each 50 closed pull
/// requests that changed since, at most for 1,000, and one for each author, at most for 20. Throws Error (workflow) if that tag does not exist.
Generated generate_notes(const Destination& destination, const std::string& tag,
                         const inputs::GeneratedNotes& inputs, gitea::Api& api,
                         const std::string& commit,
                         const std::function<void(const std::string&)>& warn);

}  // namespace commands
