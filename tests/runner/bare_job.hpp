// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "runner/composite_step.hpp"
#include "support/server.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// A job in a root of its own, `root()`, where it sees /job and nothing else: it brings one file for
/// the tag v1.0.0, which is made.
class BareJob {
 public:
  explicit BareJob(support::Server& server);

  const TempDir& root() const { return root_; }
  /// The server's name is `host` there.
  Variables variables(const std::string& host) const;
  /// Runs `command`, which is to end well with the release published and the outputs written.
  void check_publishes(const std::vector<std::string>& command, const Variables& variables) const;

 private:
  TempDir root_;
  TempDir logs_;
  support::Server* server_;
};

}  // namespace runner_tests
