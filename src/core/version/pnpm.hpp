// SPDX-License-Identifier: MIT
// The requirements between the packages of a pnpm workspace. pnpm-lock.yaml has no versions of these
// packages, only a copy of each requirement, which `pnpm install --frozen-lockfile` compares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

/// A requirement in a pnpm-lock.yaml.
struct PnpmRequirement {
  Span text;               ///< without quotes
  bool is_linked = false;  ///< met by the package of the workspace, not by one from a registry
};

/// What the package in the directory `importer` ("." for the root) requires of `package`, by the
/// pnpm-lock.yaml `lock` of pnpm 7 or later. It is a scanner for files that pnpm has written: it
/// ignores what it cannot read.
std::vector<PnpmRequirement> pnpm_requirements(std::string_view lock, std::string_view importer,
                                               std::string_view package);

/// `requirement` with `version` by stamped_requirement(), behind "workspace:" if it begins with that:
/// "workspace:^2.0.0" for "workspace:^1.2.0"; "workspace:^" and "workspace:*" stay.
std::string stamped_workspace_requirement(std::string_view requirement, std::string_view version);

/// Whether the requirement can only be met by a package of the workspace.
bool is_workspace_requirement(std::string_view requirement);

}  // namespace core
