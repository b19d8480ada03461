// SPDX-License-Identifier: MIT
// The entries for the project's own packages in lock files.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace core {

/// Writes `version` into the entries of these workspace packages in a Cargo.lock, and into
/// dependencies that name one of them with its version. Does not change packages of the same name
/// from a registry.
std::string stamped_cargo_lock(std::string_view text, const std::set<std::string>& packages,
                               std::string_view version);

/// Writes `version`, in the form of PEP 440, into the entry of the workspace package in a uv.lock.
std::string stamped_uv_lock(std::string_view text, std::string_view package,
                            std::string_view version);

/// Writes `version` into the entry of the package in `directory` in a package-lock.json. `directory`
/// is relative to the lock file; "" is the project itself. Throws Error (failed) if it is not JSON.
std::string stamped_package_lock(std::string_view text, const std::string& directory,
                                 std::string_view version);

}  // namespace core
