// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <string>

namespace disk {

/// Whether the disk, or the user's share of it, is full.
inline bool is_full(int error) {
#ifdef EDQUOT  // Windows has no such number
  if (error == EDQUOT) return true;
#endif
  return error == ENOSPC;
}

/// Whether a network file system has lost the file.
inline bool is_stale(int error) {
#ifdef ESTALE
  return error == ESTALE;
#else
  return error < 0;  // never
#endif
}

/// "the user that runs this job (uid 1000)"
std::string this_user();

}  // namespace disk
