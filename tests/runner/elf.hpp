// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>

namespace runner_tests {

/// The types of a 64-bit program's segments (PT_LOAD, PT_INTERP … of <elf.h>). Throws
/// std::runtime_error where the file is no such program.
std::set<std::uint32_t> segments(const std::filesystem::path& program);

}  // namespace runner_tests
