// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "launcher/file_system.hpp"

namespace launcher {
namespace {

using std::filesystem::path;

struct stat status_of(const path& where) {
  struct stat status {};
  if (lstat(where.c_str(), &status) != 0) throw FileError(errno, where);
  return status;
}

}  // namespace

void FileSystem::copy_attributes(const path& from, const path& to) {
  const struct stat status = status_of(from);
  if (geteuid() == 0) calls_.set_owner(to, status.st_uid, status.st_gid);
  calls_.set_mode(to, status.st_mode);
}

void FileSystem::copy_file(const path& from, const path& to) {
  const disk::Descriptor source(open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!source) throw FileError(errno, from);
  struct stat status {};
  if (fstat(source.get(), &status) != 0) throw FileError(errno, from);
  if (status.st_nlink != 1) refuse_copy(from, "has a second name (a hard link)");
  constexpr unsigned private_at_first = 0600;
  const disk::Descriptor target = calls_.create(to, private_at_first);
  std::vector<char> block(std::size_t{1} << 20);
  for (;;) {
    const ssize_t count = read(source.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(errno, from);
    if (count == 0) break;
    calls_.write(target, to, {block.data(), static_cast<std::size_t>(count)});
  }
  copy_attributes(from, to);
  calls_.sync(target, to);
}

}  // namespace launcher
