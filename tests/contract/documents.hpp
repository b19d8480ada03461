// SPDX-License-Identifier: MIT
// What the documents say of the table of options.
#pragma once

#include <string>

#include "options.hpp"

namespace contract {

/// The blocks that src/options.cpp decides, as they have to stand in the file.
std::string action_inputs(const Command& command);
std::string action_outputs(const Command& command);
std::string container_outputs(const Command& command);  ///< a container's outputs need no value
std::string action_environment(const Command& command);
std::string readme_inputs(const Command& command);
std::string readme_outputs(const Command& command);

/// `text` with what stands between the lines that contain "BEGIN name" and "END name" replaced.
/// Throws where they are missing.
std::string with_block(const std::string& text, const std::string& name, const std::string& block);

}  // namespace contract
