// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>

#include <string>
#include <utility>

#include "disk/file.hpp"

/// The present identity of a file, as the check before a run records it.
inline core::FileIdentity identity_of(const std::string& path) {
  return disk::File(disk::Descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)), path)
      .settled_identity();
}
