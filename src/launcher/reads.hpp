// SPDX-License-Identifier: MIT
// Reads the installation. Links are not followed, because the application may have made them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace launcher {

enum class Entry { absent, file, folder, link, other };

Entry entry_at(const std::filesystem::path& path);

/// The regular file at `path`; nullopt if there is none. Throws Error (failed) if it cannot be read
/// or has more than `limit` bytes.
std::optional<std::string> text_of(const std::filesystem::path& path, std::uint64_t limit);

/// The last `limit` bytes of the file, or fewer; "" if there is none.
std::string end_of(const std::filesystem::path& path, std::uint64_t limit);

/// In bytes; 0 if there is no file.
std::uint64_t size_of(const std::filesystem::path& path);

/// Whether a rename from one folder to the other is possible.
bool is_same_file_system(const std::filesystem::path& one, const std::filesystem::path& other);

/// The names in a folder, sorted; none if it cannot be read.
std::vector<std::string> names_in(const std::filesystem::path& folder);

/// The file of this program, after links were resolved. Throws Error (failed).
std::filesystem::path own_executable();

}  // namespace launcher
