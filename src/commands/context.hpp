// SPDX-License-Identifier: MIT
#pragma once

#include "core/problems.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"

namespace commands {

/// What every command receives in addition to its inputs. All members outlive the command.
struct Context {
  const runner::Environment& environment;
  const runner::Facts& facts;
  core::Problems& problems;  ///< errors in the inputs, which are reported together
  runner::Log& log;

  /// Writes the outputs of the command for later steps, and for a person who asked for JSON.
  void set_outputs(const runner::Outputs& outputs) const;
};

}  // namespace commands
