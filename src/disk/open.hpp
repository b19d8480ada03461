// SPDX-License-Identifier: MIT
// Opens files of an installation, which have no workspace around them.
#pragma once

#include <filesystem>

#include "disk/descriptor.hpp"

namespace disk {

/// What to do about a link at the end of a path.
enum class Links { refuse, follow };

// These return an empty descriptor if it fails, with the reason in errno. Content is never translated.
// On Windows other programs may rename and delete an open file.

Descriptor open_to_read(const std::filesystem::path& path, Links links);
/// For reading and writing; created if it does not exist, for this user only.
Descriptor open_to_grow(const std::filesystem::path& path);

/// Makes the content durable. Returns an error number, or 0.
int sync_content(const Descriptor& file);

/// Deletes a file, or a folder with its content, without following links. Returns an error number, or 0,
/// also if there is nothing.
int remove_all(const std::filesystem::path& path);

}  // namespace disk
