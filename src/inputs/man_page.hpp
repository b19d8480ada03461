// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace inputs {

/// gitea-release(1), in the macros of man(7).
std::string man_page();

}  // namespace inputs
