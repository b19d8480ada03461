// SPDX-License-Identifier: MIT
// What the runner tells about the job. Gitea's runners set GITHUB_* and often GITEA_* copies.
#pragma once

#include <string>

#include "runner/environment.hpp"

namespace runner {

struct Facts {
  std::string event;       ///< "push", "release", "workflow_dispatch"; empty outside a runner. Of a
                           ///< reusable workflow: what started its caller
  std::string tag;         ///< of the ref, or of the release event; empty where there is none
  std::string ref;         ///< "refs/tags/v1.2.3", "refs/heads/main"
  std::string sha;         ///< the run's commit; of an annotated tag the one it points at
  std::string repository;  ///< "owner/name"
  std::string server_url;  ///< the address that the runner registered with
  std::string api_url;     ///< that with /api/v1
  std::string workspace;   ///< where the job's files are
  std::string output_file;   ///< $GITHUB_OUTPUT
  std::string summary_file;  ///< $GITHUB_STEP_SUMMARY

  bool in_runner() const { return !event.empty() || !repository.empty(); }
  /// The run was started by the push of this tag.
  bool pushed(const std::string& tag_name) const {
    return event == "push" && ref == "refs/tags/" + tag_name;
  }
};

/// Reads the variables and the event file. A file that is no regular one, is larger than 4 MiB,
/// cannot be read or cannot be parsed counts as absent: outside a runner there is none, and the
/// variables say nearly everything.
Facts read_facts(const Environment& environment);

}  // namespace runner
