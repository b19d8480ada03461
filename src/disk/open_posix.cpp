// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "disk/open.hpp"
#include "disk/system_errors.hpp"

namespace disk {

Descriptor open_to_read(const std::filesystem::path& path, Links links) {
  constexpr int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
  return Descriptor(open(path.c_str(), flags | (links == Links::refuse ? O_NOFOLLOW : 0)));
}

Descriptor open_to_grow(const std::filesystem::path& path) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return Descriptor(open(path.c_str(), flags, 0600));
}

int sync_content(const Descriptor& file) { return fsync(file.get()) == 0 ? 0 : errno; }

int remove_all(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  return error.value();
}

std::string this_user() { return fmt::format("the user that runs this job (uid {})", geteuid()); }

}  // namespace disk
