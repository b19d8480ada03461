// SPDX-License-Identifier: MIT
#pragma once

#include "gitea/http.hpp"
#include "options.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace commands {

/// Creates or reuses the release of a tag, brings its assets to the wanted state, publishes it, and
/// fills the outputs, also when it fails. Throws core::Error; `problems` holds the mistakes that
/// were found in the values.
void publish(const Config& config, const runner::Environment& environment, core::Problems& problems,
             runner::Log& log);

}  // namespace commands
