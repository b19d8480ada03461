// SPDX-License-Identifier: MIT
// Why a file cannot be used, and the sentences about it.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.hpp"

namespace disk {

struct Obstacle {
  enum class Reason {
    absent,        ///< it does not exist
    link_to_none,  ///< a symbolic link whose target does not exist
    not_directory,
    link_loop,
    leads_out,   ///< it is outside the workspace
    in_git,      ///< it is in a directory `.git`, or is that directory
    special,     ///< a directory, a named pipe, a device …; `what` names the kind
    too_large,   ///< more than `limit` bytes
    unreliable,  ///< the system reports a different size from the one that can be read
    link,        ///< a symbolic link, which is not allowed here
    failed,      ///< a system call failed; `error` has the reason
  };

  Reason reason = Reason::failed;
  std::string at;           ///< the part of the path that is the problem
  std::string target = {};  ///< of a link that leads out or is broken
  std::string what = {};
  std::uint64_t limit = 0;
  int error = 0;  ///< errno
};

/// What the file is needed for.
enum class Purpose { read, write };

/// One sentence on why `path` cannot be used: "/w/x is a named pipe, not a regular file".
std::string sentence_on(const Obstacle& obstacle, const std::string& path,
                        Purpose purpose = Purpose::read);

/// What the user can do about it.
std::string hint_on(const Obstacle& obstacle);

/// Both as an Error that names `option`. The fault is `workflow`, or `failed` if running again may
/// help.
core::Error error_on(const Obstacle& obstacle, const std::string& option, const std::string& path,
                     Purpose purpose = Purpose::read);

}  // namespace disk
