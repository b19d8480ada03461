// SPDX-License-Identifier: MIT
// What the runner says about the job. Gitea's runners set GITHUB_*, and often copies called
// GITEA_*; Woodpecker and Drone set CI_* and DRONE_*.
#pragma once

#include <string>

#include "runner/environment.hpp"

namespace runner {

struct Facts {
  std::string
      /// "push", "release", "workflow_dispatch"; empty outside a runner. In a reusable workflow:
      /// the event of its caller
      event;
  std::string
      tag;  ///< from the ref or the release event; empty if the run was not triggered by a tag
  std::string ref;  ///< "refs/tags/v1.2.3", "refs/heads/main"
  std::string sha;  ///< the commit of the run; for an annotated tag the commit that it points to
  std::string repository;    ///< "owner/name"
  std::string server_url;    ///< the address that the runner is registered with
  std::string api_url;       ///< the same with /api/v1
  std::string workspace;     ///< directory of the job's files
  std::string output_file;   ///< $GITHUB_OUTPUT
  std::string summary_file;  ///< $GITHUB_STEP_SUMMARY

  bool ci = false;  ///< the variable CI, or one of a runner, is set

  bool in_runner() const { return !event.empty() || !repository.empty(); }
  /// Whether a person, or a person's own script, started the program.
  bool is_by_hand() const { return !in_runner() && !ci && output_file.empty(); }
  /// Whether pushing this tag triggered the run.
  bool pushed(const std::string& tag_name) const {
    return event == "push" && ref == "refs/tags/" + tag_name;
  }
};

/// Reads the variables and the event file. An event file that is not a regular file, is larger than
/// 4 MiB, or cannot be read or parsed counts as absent: outside a runner there is none, and the
/// variables contain nearly everything.
Facts read_facts(const Environment& environment);

}  // namespace runner
