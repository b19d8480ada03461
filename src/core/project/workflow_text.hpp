// SPDX-License-Identifier: MIT
// The text of the files that `init` writes: those of examples/, adapted to the project.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/project/project.hpp"

namespace core {

/// Where the workflows find this action.
struct ActionSource {
  std::string owner;      ///< "" if unknown: OWNER stays in the workflows
  std::string server;     ///< "https://git.example.org"; "" if `uses:` has a short name
  bool is_guess = false;  ///< the owner is that of the project

  /// "https://git.example.org/acme/gitea-release", "OWNER/gitea-release"
  std::string uses() const;
};

/// How a project that is not a Python project is probably built.
struct BuildGuess {
  std::vector<std::string> commands;  ///< one for each line of a `run:`
  std::string files;                  ///< a pattern for the input `files`
  std::string needs;                  ///< the program that the runner must have; "" if unknown
  bool is_known = true;               ///< false: the user has to write both
};
BuildGuess guess_build(const ProjectView& view, const FoundProject& project);

/// A file of examples/, in the form in which it is written to `place`.
std::string text_for_project(std::string_view place, std::string_view text, ProjectKind kind,
                             const ProjectView& view, const FoundProject& project,
                             const ActionSource& action);

}  // namespace core
