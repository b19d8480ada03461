// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "support/workspace.hpp"

namespace adversarial {

/// Texts that a runner or a terminal would obey: on a line of their own, and after a carriage
/// return.
inline const std::string commands =
    "x\r\n::set-env "
    "name=PATH::/evil\n##[add-path]/evil\r::stop-commands::x\n\x1b[2J::error::forged";

/// Checks that no runner finds a foreign command in the log, and that no line of the log contains a
/// line break of another kind.
void check_inert(const std::string& log);

/// The same for a complete run, which must have ended by itself; the token must not appear
/// anywhere.
void check_harmless(const support::Run& run, const support::Server& server);

}  // namespace adversarial
