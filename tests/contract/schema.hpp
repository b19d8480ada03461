// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace contract {

/// The JSON Schema of `.gitea/release.yml`, made from the table of inputs: editors use it to
/// complete and check the file.
std::string config_schema();

}  // namespace contract
