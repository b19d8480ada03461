// SPDX-License-Identifier: MIT
#include "disk/anywhere.hpp"

#include <utility>

#include "core/error.hpp"
#include "disk/obstacle.hpp"

namespace disk {

void refuse_size(const std::string& path, const std::string& option, std::uint64_t limit) {
  Obstacle obstacle{Obstacle::Reason::too_large, path};
  obstacle.limit = limit;
  throw error_on(obstacle, option, path);
}

std::string whole_text(const File& file, const std::string& option, std::uint64_t limit) {
  try {
    if (auto text = file.read_all(limit)) return std::move(*text);
  } catch (core::Error& error) {
    error.message = option + ": " + error.message;
    throw;
  }
  refuse_size(file.path(), option, limit);
}

}  // namespace disk
