// SPDX-License-Identifier: MIT
// The calls of the system behind FileCalls. Each returns -1 if it fails, with the reason in errno, and
// follows no link at the end of a path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace launcher::system_calls {

using Where = const std::filesystem::path&;

enum class Begin { empty, at_end };

/// A descriptor for writing; the file may exist already.
int open_to_write(Where path, Begin begin, unsigned mode);
int write(int file, const char* bytes, std::size_t size);  ///< the number of bytes written
int read(int file, char* buffer, std::size_t size);  ///< the number of bytes read, 0 at the end
int sync(int file);
int sync_folder(Where path);
/// Replaces a file, but no folder.
int rename(Where from, Where to);
int make_folder(Where path, unsigned mode);
int remove_file(Where path);
int remove_folder(Where path);
int set_mode(Where path, unsigned mode);
int set_owner(Where path, unsigned user, unsigned group);

/// Who may do what with a file; all 0 on Windows, where the folder above decides.
struct Attributes {
  unsigned mode = 0;
  unsigned user = 0;
  unsigned group = 0;
  std::uint64_t names = 1;  ///< hard links
};
int attributes_of(Where path, Attributes& attributes);  ///< of a link itself
int attributes_of(int file, Attributes& attributes);
/// Whether this user may give files to others.
bool may_set_owner();

/// Whether an error ends once another program closes a file.
bool is_passing(int error);

}  // namespace launcher::system_calls
