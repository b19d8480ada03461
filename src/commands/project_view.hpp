// SPDX-License-Identifier: MIT
#pragma once

#include "core/project/view.hpp"
#include "disk/workspace.hpp"

namespace commands {

/// The files of a project: of its root and two folders deep. Hidden folders are left out,
/// except those of workflows. A file that cannot be read counts as absent. The view reads
/// through `project`, which has to outlive it.
core::ProjectView view_of(const disk::Workspace& project);

}  // namespace commands
