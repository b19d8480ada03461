// SPDX-License-Identifier: MIT
// All that a run needs, gathered and checked before the first request.
#pragma once

#include "core/desired.hpp"
#include "core/problems.hpp"
#include "gitea/api.hpp"
#include "options.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"

namespace commands {

struct Job {
  Config config;
  runner::Facts facts;
  gitea::Server server;
  gitea::Repository repository;
  core::Desired desired;
};

/// Reads the files and looks everything up that needs no server. All mistakes in the inputs, those
/// already in `problems` too, come out as one Error (workflow). `job_token` is the runner's own,
/// which must not go anywhere else.
Job gather(const Config& config, const gitea::Token& job_token,
           const runner::Environment& environment, core::Problems& problems, runner::Log& log);

}  // namespace commands
