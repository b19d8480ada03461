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

int open_to_write(Where path, Begin begin, unsigned mode) {
  constexpr int always = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return open(path.c_str(), always | (begin == Begin::empty ? O_TRUNC : O_APPEND), mode);
}

int write(int file, const char* bytes, std::size_t size) {
  constexpr std::size_t most = std::size_t{1} << 30;
  return static_cast<int>(::write(file, bytes, std::min(size, most)));
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

bool is_passing(int error) { return error == EBUSY || error == ETXTBSY; }

}  // namespace launcher::system_calls
