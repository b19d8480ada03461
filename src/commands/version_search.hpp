// SPDX-License-Identifier: MIT
// Searches for the version of the current build.
#pragma once

#include "core/version/build_version.hpp"
#include "disk/workspace.hpp"
#include "inputs/inputs.hpp"
#include "runner/facts.hpp"

namespace commands {

/// The source of 0.0.0.
inline constexpr const char* default_source = "default";

/// Uses the first of these that has a version: `tag_name`, the tag of HEAD, the tag of the run, the files
/// that usually contain a version, `version_file`; otherwise 0.0.0. Throws Error (workflow) if `tag_name`
/// or `version_file` has no version or several.
core::BuildVersion find_version(const inputs::Version& inputs, const runner::Facts& facts,
                                const disk::Workspace& workspace);

}  // namespace commands
