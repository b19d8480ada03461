// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "core/span.hpp"

namespace core {

/// Where the version stands that the calls of `project(… VERSION 1.2.3 …)` in a CMakeLists.txt
/// give; numbers only, no `${variable}`. Comments and other commands are passed over.
std::vector<Span> cmake_project_versions(std::string_view script);

}  // namespace core
