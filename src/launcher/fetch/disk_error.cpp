// SPDX-License-Identifier: MIT
#include "launcher/fetch/disk_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "core/text/text.hpp"
#include "disk/system_errors.hpp"
#include "launcher/fetch/fetch_error.hpp"

namespace fetch {

void throw_disk_error(int error, const std::filesystem::path& path) {
  const std::string sentence = fmt::format("{} cannot be used: {}", core::one_line(path.string()),
                                           std::generic_category().message(error));
  if (disk::is_full(error) || error == EFBIG) {
    throw FetchError(Obstacle::no_room, sentence, "Make room on the disk, and try again.");
  }
  switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
      throw FetchError(Obstacle::no_permission, sentence,
                       "Run it as the user who may write this folder.");
    default:
      throw core::Error(core::Fault::failed, sentence);
  }
}

}  // namespace fetch
