// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace support {

/// A copy of this source tree, without build results, in the new folder `directory`.
void copy_source(const std::filesystem::path& directory);

}  // namespace support
