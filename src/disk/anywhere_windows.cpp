// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <io.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "core/text/path.hpp"
#include "disk/anywhere.hpp"
#include "disk/obstacle.hpp"
#include "disk/open.hpp"

namespace disk {

/// `<(…)` of a shell is none here.
std::optional<int> descriptor_named(const std::string& path) {
  if (path == "/dev/stdin") return _fileno(stdin);
  return std::nullopt;
}

/// Reading a pipe cannot be given up here: it has no time limit.
std::string read_descriptor(int descriptor, const std::string& path, const std::string& option,
                            std::uint64_t limit, std::chrono::milliseconds /*patience*/) {
  _setmode(descriptor, _O_BINARY);
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const int count = _read(descriptor, block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) {
      Obstacle obstacle{Obstacle::Reason::failed, path};
      obstacle.error = errno;
      throw error_on(obstacle, option, path);
    }
    if (count == 0) return text;
    if (static_cast<std::uint64_t>(count) > limit - text.size()) refuse_size(path, option, limit);
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::string read_anywhere(const std::string& path, const std::string& option, std::uint64_t limit) {
  if (const auto descriptor = descriptor_named(path)) {
    return read_descriptor(*descriptor, path, option, limit);
  }
  Descriptor descriptor = open_to_read(core::path_of(path), Links::follow);
  if (!descriptor) {
    const bool is_absent = errno == ENOENT;
    Obstacle obstacle{is_absent ? Obstacle::Reason::absent : Obstacle::Reason::failed, path};
    obstacle.error = errno;
    throw error_on(obstacle, option, path);
  }
  return whole_text(File(std::move(descriptor), path), option, limit);
}

}  // namespace disk
