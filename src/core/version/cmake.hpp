// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

/// The positions of the versions in the calls `project(… VERSION 1.2.3 …)` of a CMakeLists.txt.
/// Only versions made of numbers, not `${variable}`. Ignores comments and other commands.
std::vector<Span> cmake_project_versions(std::string_view script);

/// "W" if a call is `project(… VERSION ${W} …)`; otherwise "".
std::string cmake_version_variable(std::string_view script);

}  // namespace core
