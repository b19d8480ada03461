// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/release/memory.hpp"
#include "core/release/plan.hpp"
#include "gitea/server.hpp"
#include "runner/log.hpp"

namespace commands {

/// How long a run goes on: looks that change nothing are counted, and so are uncertain failures.
class Rounds {
 public:
  Rounds(const gitea::Server& server, runner::Log& log) : server_(server), log_(log) {}

  /// Before each round; from the second on a short random pause, so that two runs that started
  /// together do not go on together.
  void begin();

  /// A look at which `plan` is still to be done. Throws Error (failed) after 12 at which nothing had
  /// changed, with what is left.
  void count(const core::Observed& look, const core::Plan& plan);

  void succeeded() { failures_ = 0; }

  /// An uncertain failure: waits, longer each time; throws it after `retries` of them in a row.
  void failed(const core::Error& error);

 private:
  const gitea::Server& server_;
  runner::Log& log_;
  int rounds_ = 0;
  int idle_ = 0;
  int failures_ = 0;
  std::string last_state_;  ///< of the release, to see whether anything changes
};

}  // namespace commands
