// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/error.hpp"

namespace fetch {

/// Throws FetchError (no_room, no_permission), or Error (failed) for other values of errno: `path`
/// cannot be used.
[[noreturn]] void throw_disk_error(int error, const std::filesystem::path& path);

}  // namespace fetch
