// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "runner/facts.hpp"

namespace runner {

/// Whether a person can answer: standard input and standard error are terminals, and the program
/// does not run in a job.
bool can_ask(const Facts& facts);

/// Prints "QUESTION [y/N] " to standard error, and reads a line from standard input. False for
/// everything but "y" and "yes", and at the end of the input.
bool is_confirmed(const std::string& question);

}  // namespace runner
