// SPDX-License-Identifier: MIT
// What the documents say about the table of inputs.
#pragma once

#include <string>

#include "inputs/table.hpp"

namespace contract {

/// The blocks that src/inputs/table.cpp determines, as they must appear in the file.
std::string action_inputs(const inputs::Command& command);
std::string aliases_table();  ///< the inputs of other tools and ours, for docs/moving.md
std::string action_outputs(const inputs::Command& command);
std::string container_outputs(
    const inputs::Command& command);  ///< outputs of a container action have no value
std::string action_environment(const inputs::Command& command);
/// For docs/inputs.md: a table for each subject. Throws if an input has no subject, or two.
std::string inputs_by_subject(const inputs::Command& command);
std::string outputs_table(const inputs::Command& command);
/// For docs/configuration.md: every input that the configuration file may set.
std::string config_keys();

/// `text` with everything between the lines that contain "BEGIN name" and "END name" replaced.
/// Throws if they are missing.
std::string with_block(const std::string& text, const std::string& name, const std::string& block);

}  // namespace contract
