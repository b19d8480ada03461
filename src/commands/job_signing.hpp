// SPDX-License-Identifier: MIT
// What a publishing run needs to sign the release.
#pragma once

#include <string>

#include "core/problems.hpp"
#include "core/release/desired.hpp"
#include "inputs/inputs.hpp"

namespace commands {

/// Adds the signing key and `update` to `desired`, whose files are found already. Everything that can be
/// wrong with them is added to `problems`, before the first request. `repository` is OWNER/NAME.
void find_signing(const inputs::Publish& inputs, const std::string& repository,
                  core::Desired& desired, core::Problems& problems);

}  // namespace commands
