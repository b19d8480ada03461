// SPDX-License-Identifier: MIT
#include "disk/incoming.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "disk/file.hpp"
#include "disk/obstacle.hpp"

namespace disk {

Incoming::Incoming(Place place, std::string path, std::string option, const std::string& key,
                   Begin begin)
    : place_(std::move(place)),
      path_(std::move(path)),
      option_(std::move(option)),
      beside_(fmt::format(".gitea-release-{}.part", key)) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  file_ = Descriptor(openat(place_.directory.get(), beside_.c_str(), flags, 0666));
  if (!file_) fail(errno);
  struct stat status {};
  if (fstat(file_.get(), &status) != 0) fail(errno);
  if (!S_ISREG(status.st_mode) || status.st_nlink != 1) fail(EEXIST);
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    throw core::Error(
        core::Fault::failed,
        fmt::format("{}: another process is downloading {} at the moment", option_, path_),
        "Wait for it to end, or use a different directory.");
  }
  if (begin == Begin::go_on) {
    take_up();
  } else {
    restart();
  }
}

/// Reads the existing content to compute its digest.
void Incoming::take_up() {
  std::vector<char> buffer(block_size);
  for (;;) {
    const ssize_t count = read(file_.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    if (count == 0) return;
    hash_.update({buffer.data(), static_cast<std::size_t>(count)});
    size_ += static_cast<std::uint64_t>(count);
  }
}

void Incoming::append(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = write(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) fail(errno);
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Incoming::restart() {
  if (ftruncate(file_.get(), 0) != 0 || lseek(file_.get(), 0, SEEK_SET) != 0) fail(errno);
  hash_ = core::Hash();
  size_ = 0;
}

core::Digest Incoming::digest() { return hash_.digest(); }

void Incoming::commit() {
  const int directory = place_.directory.get();
  if (fsync(file_.get()) != 0 && errno != EINVAL) fail(errno);
  if (renameat(directory, beside_.c_str(), directory, place_.name.c_str()) != 0) fail(errno);
}

void Incoming::discard() { unlinkat(place_.directory.get(), beside_.c_str(), 0); }

void Incoming::fail(int error) const {
  Obstacle obstacle{Obstacle::Reason::failed, path_};
  obstacle.error = error;
  throw error_on(obstacle, option_, path_, Purpose::write);
}

}  // namespace disk
