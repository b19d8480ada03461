// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "options.hpp"

/// What `gitea-release COMMAND --help` prints, in lines of at most 100 columns.
std::string help_text(const Command& command);
