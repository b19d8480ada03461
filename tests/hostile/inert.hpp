// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "support/workspace.hpp"

namespace hostile {

/// What a runner would obey, or a terminal: as a line of its own, and after a carriage return.
inline const std::string commands =
    "x\r\n::set-env "
    "name=PATH::/evil\n##[add-path]/evil\r::stop-commands::x\n\x1b[2J::error::forged";

/// Checks that no runner finds a command in the log that is not the program's own, and that every
/// line of it is one line.
void check_inert(const std::string& log);

/// The same of a whole run, which has to have ended by itself; the token must be nowhere.
void check_harmless(const support::Run& run, const support::Server& server);

}  // namespace hostile
