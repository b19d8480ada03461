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

/// What starts a workflow.
struct Event {
  std::string name;     ///< "push", "workflow_dispatch"
  std::string payload;  ///< JSON
};
/// A push of `ref` ("refs/tags/v1.0.0", "refs/heads/main") at `commit`.
Event push_of(const std::string& ref, const std::string& commit);
/// Somebody runs the workflow by hand, on the branch main; `tag` goes to its input of that name.
Event by_hand(const std::string& tag);

/// The project, a git repository of its own for `server`'s repository: `make dist` there makes
/// dist/app-TARGET.tar.gz. A job sees nothing of this machine's environment but PATH.
class Consumer {
 public:
  /// Skips the test case where there is no act.
  explicit Consumer(const support::Server& server);

  std::filesystem::path project() const { return directory_.path() / "project"; }
  /// Where jobs leave files for the test: $REPORT.
  std::filesystem::path report() const { return directory_.path() / "report"; }

  void file(const std::string& name, const std::string& text) const;
  void script(const std::string& name, const std::string& text) const;   ///< of sh, in the project
  void program(const std::string& name, const std::string& text) const;  ///< of sh, in PATH
  std::filesystem::path programs() const { return directory_.path() / "programs"; }
  /// From now on jobs find nothing else of this machine's PATH than these.
  void only(const std::vector<std::string>& programs);
  void variable(const std::string& name, const std::string& value) { variables_[name] = value; }
  /// One of the repository's settings: ${{ vars.NAME }}.
  void setting(const std::string& name, const std::string& value) { settings_[name] = value; }
  void secret(const std::string& name, const std::string& value) { secrets_[name] = value; }
  void commit() const;  ///< on main
  /// From now on a `git push` in a job is a push to `server` too: to the head of its main.
  void push_to(const support::Server& server) const;

  struct Run {
    int status = -1;
    std::string log;
  };
  /// All jobs of `workflow`. The status is 0 where every one of them succeeded.
  Run run(const std::filesystem::path& workflow, const Event& event) const;

 private:
  void git(const std::vector<std::string>& arguments) const;

  TempDir directory_;
  std::string path_;
  std::string url_;
  std::string repository_;
  std::map<std::string, std::string> variables_;
  std::map<std::string, std::string> settings_;
  std::map<std::string, std::string> secrets_;
};

}  // namespace runner_tests
