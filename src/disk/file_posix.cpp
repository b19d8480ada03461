// SPDX-License-Identifier: MIT
#include "disk/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace disk {
namespace {

/// Do not wait for a named pipe or a terminal.
constexpr int for_reading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

std::int64_t since_1970(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

core::FileIdentity identity_of(const struct stat& status) {
  core::FileIdentity identity;
  identity.device = status.st_dev;
  identity.inode = status.st_ino;
  identity.links = status.st_nlink;
  identity.size = static_cast<std::uint64_t>(status.st_size);
  identity.modified = since_1970(status.st_mtim);
  identity.changed = since_1970(status.st_ctim);
  return identity;
}

}  // namespace

File::File(Descriptor descriptor, std::string path)
    : descriptor_(std::move(descriptor)), path_(std::move(path)) {
  posix_fadvise(descriptor_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
}

core::FileIdentity File::identity() const {
  struct stat status {};
  if (fstat(descriptor_.get(), &status) != 0) fail();
  return identity_of(status);
}

bool File::has_its_size() const {
  const auto size = static_cast<off_t>(identity().size);
  char byte = 0;
  const bool ends_there = pread(descriptor_.get(), &byte, 1, size) == 0;
  return ends_there && (size == 0 || pread(descriptor_.get(), &byte, 1, size - 1) == 1);
}

File reopen(const std::string& path, const core::FileIdentity& identity) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !is_unchanged(identity, identity_of(status))) {
    changed(path, since_checked);  // it may be something that must not be opened
  }
  Descriptor descriptor(open(path.c_str(), for_reading));
  return reopened(std::move(descriptor), path, identity);
}

}  // namespace disk
