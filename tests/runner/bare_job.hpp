// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "runner/composite_step.hpp"
#include "support/server.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// A job in a root directory of its own, `root()`, that contains only /job: it has one file for the
/// tag v1.0.0, which is created.
class BareJob {
 public:
  explicit BareJob(support::Server& server);

  const TempDir& root() const { return root_; }
  /// The server's name is `host` there.
  Variables variables(const std::string& host) const;
  /// Runs `command`, which must succeed with the release published and the outputs written.
  void check_publishes(const std::vector<std::string>& command, const Variables& variables) const;

 private:
  TempDir root_;
  TempDir logs_;
  support::Server* server_;
};

}  // namespace runner_tests
