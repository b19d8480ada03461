// SPDX-License-Identifier: MIT
// Names in an open directory: the system calls of the door to the workspace, which differ between systems. A
// directory that was opened here is the same one in each call, whatever happens to its path. A name has no
// slash; "." is the directory itself. No call follows a link at the name unless it says so.
//
// A call that returns a Descriptor, an optional or a bool has the reason of a failure in errno. One that
// returns an int returns it, or 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "disk/descriptor.hpp"
#include "disk/status.hpp"

namespace disk {

/// Bytes of the longest path that is looked at.
inline constexpr std::size_t max_path = 4096;

std::optional<Status> status_at(const Descriptor& directory, const std::string& name);
std::optional<Status> status_of(const Descriptor& open);

/// The directory at a path, to which links may lead.
Descriptor open_directory(const std::string& path);
/// Its path without links; "" if that is not known.
std::string real_path(const std::string& path);
/// The top directory of an absolute path: `root` is its root_of_path().
Descriptor open_top(const std::string& root);
Descriptor open_directory_at(const Descriptor& directory, const std::string& name);
/// The directory at a relative path without links. Empty also if the system cannot check that in one step.
Descriptor open_straight(const Descriptor& directory, const std::string& path);
Descriptor duplicate(const Descriptor& directory);
/// A directory whose entries can be read.
Descriptor open_to_list(const Descriptor& directory, const std::string& name);

/// Where a link points to, with `/`.
std::optional<std::string> link_at(const Descriptor& directory, const std::string& name);
/// Follows links, out of the workspace too.
bool leads_to_directory(const Descriptor& directory, const std::string& name);

/// Whether a name is another spelling of `.git` on this system.
bool is_spelling_of_git(const std::string& name);
/// What a name means to the system that no file can have it ("device"); "" for others.
std::string reserved_meaning_of(const std::string& name);

Descriptor open_to_read_at(const Descriptor& directory, const std::string& name);
/// A new file for writing. On POSIX with this mode, to which the umask applies.
Descriptor create_at(const Descriptor& directory, const std::string& name, unsigned mode);
/// For reading and writing; created if it does not exist.
Descriptor open_to_grow_at(const Descriptor& directory, const std::string& name);

/// Replaces `to`, if it exists, in one step.
int rename_at(const Descriptor& directory, const std::string& from, const std::string& to);
/// EEXIST if `to` exists.
int rename_as_new_at(const Descriptor& directory, const std::string& from, const std::string& to);
int remove_at(const Descriptor& directory, const std::string& name);
int make_directory_at(const Descriptor& directory, const std::string& name);

/// Gives a file the owner (as far as this user may) and the mode of another one. Nothing on Windows.
int take_after(const Descriptor& file, const Status& other);
int make_executable_at(const Descriptor& directory, const std::string& name);

/// Locks a file against other processes until it is closed; does not wait. False if another one has it.
bool lock(int file);

}  // namespace disk
