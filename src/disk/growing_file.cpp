// SPDX-License-Identifier: MIT
#include "disk/growing_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "disk/file.hpp"
#include "disk/open.hpp"

namespace disk {

int GrowingFile::check() const {
  struct stat status {};
  if (fstat(file_.get(), &status) != 0) return errno;
  return S_ISREG(status.st_mode) && status.st_nlink == 1 ? 0 : EEXIST;
}

int GrowingFile::take_up(std::uint64_t most) {
  std::vector<char> buffer(block_size);
  for (;;) {
    const ssize_t count = read(file_.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return 0;
    hash_.update({buffer.data(), static_cast<std::size_t>(count)});
    size_ += static_cast<std::uint64_t>(count);
    if (size_ > most) return restart();
  }
}

int GrowingFile::append(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  while (!bytes.empty()) {
    constexpr std::size_t most = 1 << 30;  // Windows takes 32 bits
    const auto size = static_cast<unsigned>(std::min(bytes.size(), most));
    const ssize_t count = write(file_.get(), bytes.data(), size);
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

int GrowingFile::restart() {
  if (ftruncate(file_.get(), 0) != 0 || lseek(file_.get(), 0, SEEK_SET) != 0) return errno;
  hash_ = core::Hash();
  size_ = 0;
  return 0;
}

int GrowingFile::sync() const { return sync_content(file_); }

}  // namespace disk
