// SPDX-License-Identifier: MIT
#include "disk/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"

namespace disk {

File::File(std::string path)
    : path_(std::move(path)), handle_(open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (handle_ < 0) fail();
  posix_fadvise(handle_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

File::~File() { close(handle_); }

std::size_t File::read(char* buffer, std::size_t size) const {
  for (;;) {
    const ssize_t count = ::read(handle_, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail();
  }
}

void File::fail() const {
  throw core::Error(core::Fault::failed,
                    fmt::format("{} cannot be read ({})", path_, std::strerror(errno)));
}

}  // namespace disk
