// SPDX-License-Identifier: MIT
// Everything that a publishing run needs, collected and checked before the first request.
#pragma once

#include <string>

#include "commands/context.hpp"
#include "commands/destination.hpp"
#include "core/release/desired.hpp"
#include "inputs/inputs.hpp"

namespace commands {

struct Job {
  const inputs::Publish& inputs;
  const runner::Facts& facts;
  Destination destination = {};
  core::Desired desired = {};
};

/// The tag of the run: the input `tag_name`, or else the tag that triggered the job. Adds a problem
/// if it is missing or not valid.
std::string find_tag_name(const std::string& tag_name, const Context& context);

/// The same without any check; "" if there is none.
std::string tag_of(const std::string& tag_name, const runner::Facts& facts);

/// Finds and reads the files, and does everything else that needs no server. Throws one Error
/// (workflow) with all errors in the inputs, including those already in the problems.
Job gather(const inputs::Publish& inputs, const Context& context);

}  // namespace commands
