// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/project/workflow_text.hpp"

namespace core {

/// What `init` did, as far as the list at its end depends on it.
struct InitResult {
  ProjectKind kind = ProjectKind::unset;
  ActionSource action;
  std::string shipped_python;  ///< the minor version in packaging/python.env: "3.11"
  /// A release.yml of the user, which was not changed; "" if there is none.
  std::string kept_release_workflow;
};

/// What a person has to do before the workflows publish the next release of this project. Each is a
/// sentence or two; lines after the first are text to add to a file.
std::vector<std::string> left_to_do(const FoundProject& project, const BuildGuess& guess,
                                    const InitResult& done);

}  // namespace core
