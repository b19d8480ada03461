// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>

namespace runner_tests {

/// The types of a 64-bit program's segments (PT_LOAD, PT_INTERP … of <elf.h>). Throws
/// std::runtime_error if the file is not such a program.
std::set<std::uint32_t> segments(const std::filesystem::path& program);

}  // namespace runner_tests
