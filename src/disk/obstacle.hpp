// SPDX-License-Identifier: MIT
// What can stand in the way of a path, and the sentences about it.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.hpp"

namespace disk {

struct Obstacle {
  enum class Reason {
    absent,        ///< there is nothing of that name
    link_to_none,  ///< a symbolic link whose target does not exist
    not_directory,
    link_loop,
    leads_out,   ///< of the workspace
    in_git,      ///< in a directory `.git`, or that itself
    special,     ///< a directory, a named pipe, a device …: `what` says it
    too_large,   ///< more than `limit` bytes
    unreliable,  ///< its size is not what can be read from it
    link,        ///< a symbolic link where none may be
    failed,      ///< the system's word is in `error`
  };

  Reason reason = Reason::failed;
  std::string at;           ///< the part of the path where it stands
  std::string target = {};  ///< of a link that leads out, or to nothing
  std::string what = {};
  std::uint64_t limit = 0;
  int error = 0;  ///< errno
};

/// What was to be done with a file.
enum class Purpose { read, write };

/// One sentence on what stands in the way of `path`, without the option's name: "/w/x is a named pipe,
/// not a regular file".
std::string sentence_on(const Obstacle& obstacle, const std::string& path,
                        Purpose purpose = Purpose::read);

/// What to do about it.
std::string hint_on(const Obstacle& obstacle);

/// Both as an Error that names `option`: of the workflow, unless the disk is to blame.
core::Error error_on(const Obstacle& obstacle, const std::string& option, const std::string& path,
                     Purpose purpose = Purpose::read);

}  // namespace disk
