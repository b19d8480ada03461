// SPDX-License-Identifier: MIT
#include <cerrno>

#include "core/text/path.hpp"
#include "disk/anywhere.hpp"
#include "disk/obstacle.hpp"
#include "disk/open.hpp"

namespace disk {

std::string read_anywhere(const std::string& path, const std::string& option, std::uint64_t limit) {
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
