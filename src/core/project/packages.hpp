// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/project/view.hpp"

namespace core {

/// The folders below the root that are packages of their own, as in a monorepo: each has a
/// pyproject.toml, setup.py, Cargo.toml, go.mod or package.json. Examples, tests and documentation do
/// not count. Only as deep as the view.
std::vector<std::string> package_folders(const ProjectView& view);

}  // namespace core
