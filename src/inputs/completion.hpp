// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace inputs {

/// A script with which a shell completes commands, options and values. Throws core::Error
/// (workflow) for a shell other than "bash", "zsh" and "fish".
std::string completion_script(std::string_view shell);

}  // namespace inputs
