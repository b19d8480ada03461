// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "disk/descriptor.hpp"

namespace disk {

/// An entry of a directory.
struct Entry {
  enum class Kind { file, directory, link, other };
  std::string name;
  Kind kind = Kind::other;
};

/// Reads the entries of a directory except `.git`, sorted by name; false if reading fails (see errno).
bool read_entries(Descriptor descriptor, std::vector<Entry>& entries);

}  // namespace disk
