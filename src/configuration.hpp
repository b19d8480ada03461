// SPDX-License-Identifier: MIT
#pragma once

#include "command_line.hpp"
#include "config.hpp"
#include "core/problems.hpp"
#include "runner/environment.hpp"

/// What a run is told: the command line, then INPUT_*, then the configuration file (of commands that
/// have the option `config`), then the defaults. Every mistake goes to `problems`.
Config read_config(const Invocation& invocation, const runner::Environment& environment,
                   core::Problems& problems);
