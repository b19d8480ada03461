// SPDX-License-Identifier: MIT
// Files outside the workspace, which only the workflow can name, and input from descriptors.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "disk/file.hpp"

namespace disk {

/// Reads a whole regular file that is not in a `.git`; symbolic links are followed. If `path` names
/// a descriptor, reads that. At most `limit` bytes. Throws Error (workflow) that names `option`.
std::string read_anywhere(const std::string& path, const std::string& option, std::uint64_t limit);

/// The descriptor of this process that /dev/stdin, /dev/fd/N or /proc/self/fd/N names. A shell
/// replaces `<(…)` by such a path.
std::optional<int> descriptor_named(const std::string& path);

/// How long reading a whole pipe may take.
inline constexpr std::chrono::milliseconds max_pipe = std::chrono::minutes(2);

/// Reads `descriptor`, called `path` in messages, to its end. Throws Error (workflow) if the
/// descriptor is not open, has more than `limit` bytes, or does not end within `patience`. A
/// terminal, where a user types, has no time limit.
std::string read_descriptor(int descriptor, const std::string& path, const std::string& option,
                            std::uint64_t limit, std::chrono::milliseconds patience = max_pipe);

/// Reads what is there; waits for it until `deadline`, where the system can give a wait up. nullopt if nothing came
/// until then; 0 at the end; -1 with the reason in errno if it fails.
std::optional<int> read_until(int descriptor, char* buffer, std::size_t size,
                              std::chrono::steady_clock::time_point deadline);

/// Throws Error (workflow): the file has more than `limit` bytes.
[[noreturn]] void refuse_size(const std::string& path, const std::string& option,
                              std::uint64_t limit);

/// Reads a whole open file of at most `limit` bytes. Throws Error that names `option`.
std::string whole_text(const File& file, const std::string& option, std::uint64_t limit);

}  // namespace disk
