// SPDX-License-Identifier: MIT
// Where a run goes: which server, which repository, with which token.
#pragma once

#include <filesystem>

#include "config.hpp"
#include "core/problems.hpp"
#include "disk/workspace.hpp"
#include "gitea/api.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"

namespace commands {

struct Destination {
  Config config;
  runner::Facts facts;
  std::filesystem::path workspace;
  std::filesystem::path directory;  ///< where patterns and paths start
  gitea::Server server;
  gitea::Repository repository;
};

/// Where the job's files are: the runner's workspace, else the current directory.
std::filesystem::path workspace_of(const runner::Facts& facts);

/// The door to them; relative paths start at `working_directory`. Throws Error (workflow) where that is no
/// directory, or none of the workspace.
disk::Workspace open_workspace(const Destination& destination);

/// How a server is reached, whichever it is: times, tries, authorities. Throws Error (workflow)
/// where `ca_cert` has no certificate; a path starts at `directory`.
gitea::Server reach(const Config& config, const runner::Environment& environment,
                    const std::filesystem::path& directory);

/// From the inputs, else from the facts of the job. What is missing or wrong goes to `problems`,
/// together with a job's own token that would go to another server or repository.
Destination find_destination(const Config& config, const runner::Environment& environment,
                             core::Problems& problems);

}  // namespace commands
