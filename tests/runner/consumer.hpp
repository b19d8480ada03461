// SPDX-License-Identifier: MIT
// A project that uses the action, and `act`, a runner for a single machine, which runs its
// workflows on the host.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/server.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// The event that starts a workflow.
struct Event {
  std::string name;     ///< "push", "workflow_dispatch"
  std::string payload;  ///< JSON
};
/// A push of `ref` ("refs/tags/v1.0.0", "refs/heads/main") at `commit`.
Event push_of(const std::string& ref, const std::string& commit);
/// A user starts the workflow by hand, on the branch main; `tag` becomes its input of that name.
Event by_hand(const std::string& tag);

/// The project, a git repository of its own for `server`'s repository: `make dist` in it creates
/// dist/app-TARGET.tar.gz. Of this machine's environment, a job only sees PATH.
class Consumer {
 public:
  /// Skips the test case if act is missing.
  explicit Consumer(const support::Server& server);

  std::filesystem::path project() const { return directory_.path() / "project"; }
  /// Where jobs leave files for the test: $REPORT.
  std::filesystem::path report() const { return directory_.path() / "report"; }

  void file(const std::string& name, const std::string& text) const;
  void script(const std::string& name, const std::string& text) const;   ///< for sh, in the project
  void program(const std::string& name, const std::string& text) const;  ///< for sh, in PATH
  std::filesystem::path programs() const { return directory_.path() / "programs"; }
  /// From now on jobs find only these programs of this machine's PATH.
  void only(const std::vector<std::string>& programs);
  void variable(const std::string& name, const std::string& value) { variables_[name] = value; }
  /// The action is in this folder, not one that is made of this source tree.
  void use_action(const std::filesystem::path& folder) { action_ = folder; }
  /// What git in a job fetches from the server's address of the repository comes from here.
  void serve(const std::filesystem::path& repository) const;
  /// One of the repository's variables: ${{ vars.NAME }}.
  void setting(const std::string& name, const std::string& value) { settings_[name] = value; }
  void secret(const std::string& name, const std::string& value) { secrets_[name] = value; }
  void commit() const;  ///< on main
  /// From now on a `git push` in a job is also a push to `server`: to the head of its main.
  void push_to(const support::Server& server) const;

  struct Run {
    int status = -1;
    std::string log;
  };
  /// Runs all jobs of `workflow`. The status is 0 if each of them succeeded.
  Run run(const std::filesystem::path& workflow, const Event& event) const;

 private:
  void git(const std::vector<std::string>& arguments) const;

  TempDir directory_;
  std::filesystem::path action_;
  std::string path_;
  std::string url_;
  std::string repository_;
  std::map<std::string, std::string> variables_;
  std::map<std::string, std::string> settings_;
  std::map<std::string, std::string> secrets_;
};

}  // namespace runner_tests
