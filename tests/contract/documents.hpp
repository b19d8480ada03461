// SPDX-License-Identifier: MIT
// What the documents say of the table of options.
#pragma once

#include <string>

namespace contract {

/// The blocks that src/options.cpp decides, as they have to stand in the file.
std::string action_inputs();
std::string action_outputs();
std::string action_environment();
std::string readme_inputs();
std::string readme_outputs();

/// `text` with what stands between the lines that contain "BEGIN name" and "END name" replaced.
/// Throws where they are missing.
std::string with_block(const std::string& text, const std::string& name, const std::string& block);

}  // namespace contract
