// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "disk/descriptor.hpp"
#include "launcher/system_calls.hpp"

namespace launcher::system_calls {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30;

int take_over(int result, const struct stat& status, Attributes& attributes) {
  if (result == 0) attributes = {status.st_mode, status.st_uid, status.st_gid, status.st_nlink};
  return result;
}

}  // namespace

int open_to_write(Where path, Begin begin, unsigned mode) {
  constexpr int always = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return open(path.c_str(), always | (begin == Begin::empty ? O_TRUNC : O_APPEND), mode);
}

int write(int file, const char* bytes, std::size_t size) {
  return static_cast<int>(::write(file, bytes, std::min(size, most_at_once)));
}

int read(int file, char* buffer, std::size_t size) {
  return static_cast<int>(::read(file, buffer, std::min(size, most_at_once)));
}

/// Some file systems cannot sync folders (EINVAL), and write them at once.
int sync(int file) { return fsync(file) == 0 || errno == EINVAL ? 0 : -1; }

int sync_folder(Where path) {
  const disk::Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder ? sync(folder.get()) : -1;
}

int rename(Where from, Where to) { return std::rename(from.c_str(), to.c_str()); }
int make_folder(Where path, unsigned mode) { return mkdir(path.c_str(), mode); }
int remove_file(Where path) { return unlink(path.c_str()); }
int remove_folder(Where path) { return rmdir(path.c_str()); }

int set_mode(Where path, unsigned mode) {
  return fchmodat(AT_FDCWD, path.c_str(), mode & 07777U, 0);
}

int set_owner(Where path, unsigned user, unsigned group) {
  return lchown(path.c_str(), user, group);
}

int attributes_of(Where path, Attributes& attributes) {
  struct stat status {};
  return take_over(lstat(path.c_str(), &status), status, attributes);
}

int attributes_of(int file, Attributes& attributes) {
  struct stat status {};
  return take_over(fstat(file, &status), status, attributes);
}

bool may_set_owner() { return geteuid() == 0; }

bool is_passing(int error) { return error == EBUSY || error == ETXTBSY; }

}  // namespace launcher::system_calls
