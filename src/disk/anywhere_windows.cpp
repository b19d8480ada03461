// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <io.h>

#include <cstdio>

#include "disk/anywhere.hpp"

namespace disk {

/// `<(…)` of a shell is none here.
std::optional<int> descriptor_named(const std::string& path) {
  if (path == "/dev/stdin") return _fileno(stdin);
  return std::nullopt;
}

/// Waiting for a pipe cannot be given up here.
std::optional<int> read_until(int descriptor, char* buffer, std::size_t size,
                              std::chrono::steady_clock::time_point /*deadline*/) {
  _setmode(descriptor, _O_BINARY);
  return _read(descriptor, buffer, static_cast<unsigned>(size));
}

}  // namespace disk
