// SPDX-License-Identifier: MIT
// A job's step, as made by those runners that cannot run here: their environment from
// tests/data/runner, their way to start a composite action, and their strict reading of the
// results.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "runner/composite_step.hpp"
#include "support/server.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

class Job {
 public:
  /// `runner` names a file of tests/data/runner, "gitea-host"; `shell` is what `sh` is in this job:
  /// "dash", "busybox" or "bash". The job was started by the push of `tag`, which is made.
  Job(support::Server& server, const std::string& runner, const std::string& shell,
      const std::string& tag = "v1.0.0");

  std::filesystem::path workspace() const { return directory_.path() / "workspace"; }
  /// Where the job has its copy of the action.
  const std::filesystem::path& action() const { return action_; }
  void move_action(const std::filesystem::path& to);
  std::filesystem::path temp() const { return directory_.path() / "temp"; }

  void file(const std::string& name, const std::string& content) const;
  Job& input(const std::string& name, const std::string& value);
  /// A shell script in PATH, which has nothing but `sh` and the launcher's own needs otherwise.
  void program(const std::string& name, const std::string& script) const;
  /// A command that runs the step: "unshare --mount …"; the step's own follows.
  void within(const std::vector<std::string>& command) { within_ = command; }

  struct Ended {
    int status = -1;
    std::string log;     ///< standard output
    std::string errors;  ///< standard error
    std::map<std::string, std::string> outputs;
  };
  /// Checks what holds of every step: the rules of a log, nothing on standard error, outputs that
  /// the strictest runner reads.
  Ended run() const;

 private:
  std::filesystem::path commands() const { return directory_.path() / "act/workflow"; }
  Variables variables() const;

  TempDir directory_;
  support::Server* server_;
  std::filesystem::path runner_;
  std::string tag_;
  std::filesystem::path action_;
  std::string token_;
  Variables inputs_;
  std::vector<std::string> within_;
};

}  // namespace runner_tests
