// SPDX-License-Identifier: MIT
// The destination of a run: server, repository and token.
#pragma once

#include <string>

#include "commands/context.hpp"
#include "disk/workspace.hpp"
#include "gitea/api.hpp"
#include "inputs/inputs.hpp"

namespace commands {

struct Destination {
  gitea::Server server;
  gitea::Repository repository;
};

/// The directory of the job's files: the runner's workspace, or else the current directory.
std::string workspace_of(const runner::Facts& facts);

/// Opens the workspace; relative paths start at `working_directory`. Throws Error (workflow) if
/// that is not a directory in the workspace.
disk::Workspace open_workspace(const runner::Facts& facts, const std::string& working_directory);

/// The connection settings for any server: time limits, retries, certificate authorities. A
/// relative path in `ca_cert` starts at `directory`. Throws Error (workflow) if `ca_cert` has no
/// certificate.
gitea::Server reach(const inputs::Connection& connection, const Context& context,
                    const std::string& directory);

/// Whether a command needs a token: public repositories can be read without one.
enum class TokenUse { required, optional };

/// Determines the destination from the inputs, or else from the facts of the job. Adds a problem
/// for each missing or invalid value, and if the job's own token would be sent to another server or
/// repository; if no token is needed, it is left out instead. A relative path in `ca_cert` starts at
/// `working_directory`.
Destination find_destination(const inputs::Server& inputs, const std::string& working_directory,
                             const Context& context, TokenUse use = TokenUse::required);

}  // namespace commands
