// SPDX-License-Identifier: MIT
// Runs of the command `notes`.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace notes_command {

using support::has;

/// A job for `tag` that was not started by its push.
inline support::Run notes(support::Server& server, const std::string& tag,
                          const std::vector<std::string>& more = {}) {
  support::Workspace job(server, tag);
  job.on_branch().variable("GITHUB_SHA", server.commit());
  std::vector<std::string> arguments = {"notes", "--tag-name", tag};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const support::Run run = job.run(arguments);
  INFO(run.log);
  CHECK(run.status == 0);
  return run;
}

}  // namespace notes_command
