// SPDX-License-Identifier: MIT
// Files that may lie anywhere, since only the workflow names them, and what comes from descriptors.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "disk/file.hpp"

namespace disk {

/// The whole of a regular file in no `.git`, symbolic links followed; or what the descriptor gives that
/// `path` names. At most `limit` bytes. Throws Error (workflow) that names `option`.
std::string read_anywhere(const std::string& path, const std::string& option, std::uint64_t limit);

/// The descriptor of this process that /dev/stdin, /dev/fd/N or /proc/self/fd/N names: a shell writes
/// so what `<(…)` gives.
std::optional<int> descriptor_named(const std::string& path);

/// How long a pipe may take, in all.
inline constexpr std::chrono::milliseconds longest_pipe = std::chrono::minutes(2);

/// What comes from `descriptor`, which messages call `path`, to its end. Throws Error (workflow) where there
/// is no such descriptor, where it gives more than `limit` bytes, and where its end did not come within
/// `patience`; at a terminal, where somebody types, there is no hurry.
std::string read_descriptor(int descriptor, const std::string& path, const std::string& option,
                            std::uint64_t limit, std::chrono::milliseconds patience = longest_pipe);

/// The whole of an open file, of at most `limit` bytes. Throws Error that names `option`.
std::string whole_text(const File& file, const std::string& option, std::uint64_t limit);

}  // namespace disk
