// SPDX-License-Identifier: MIT
#include "disk/at.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "core/text/path.hpp"

namespace disk {
namespace {

constexpr int of_directory = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Status::Kind kind_in(mode_t mode) {
  if (S_ISREG(mode)) return Status::Kind::file;
  if (S_ISDIR(mode)) return Status::Kind::directory;
  if (S_ISLNK(mode)) return Status::Kind::link;
  if (S_ISFIFO(mode)) return Status::Kind::pipe;
  return S_ISSOCK(mode) ? Status::Kind::socket : Status::Kind::device;
}

Status status_in(const struct stat& read) {
  Status status;
  status.kind = kind_in(read.st_mode);
  status.device = read.st_dev;
  status.inode = read.st_ino;
  status.mode = read.st_mode & 07777U;
  status.owner = read.st_uid;
  status.group = read.st_gid;
  return status;
}

}  // namespace

std::optional<Status> status_at(const Descriptor& directory, const std::string& name) {
  struct stat read {};
  constexpr int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
  if (fstatat(directory.get(), name.c_str(), &read, flags) != 0) return std::nullopt;
  return status_in(read);
}

std::optional<Status> status_of(const Descriptor& open) {
  struct stat read {};
  if (fstat(open.get(), &read) != 0) return std::nullopt;
  return status_in(read);
}

Descriptor open_directory(const std::string& path) {
  return Descriptor(open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  return error ? "" : core::clean_path(real.string());
}

Descriptor open_top(const std::string& root) {
  return Descriptor(open(root.c_str(), of_directory));
}

Descriptor open_directory_at(const Descriptor& directory, const std::string& name) {
  return Descriptor(openat(directory.get(), name.c_str(), of_directory));
}

/// openat2. An older kernel does not have it, and a container may forbid it (ENOSYS, EPERM).
Descriptor open_straight(const Descriptor& directory, const std::string& path) {
#if defined(SYS_openat2) && defined(RESOLVE_BENEATH)
  open_how how{};
  how.flags = of_directory;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS;
  return Descriptor(
      static_cast<int>(syscall(SYS_openat2, directory.get(), path.c_str(), &how, sizeof how)));
#else
  (void)directory, (void)path;
  return {};
#endif
}

Descriptor duplicate(const Descriptor& directory) {
  return Descriptor(fcntl(directory.get(), F_DUPFD_CLOEXEC, 0));
}

Descriptor open_to_list(const Descriptor& directory, const std::string& name) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  return Descriptor(openat(directory.get(), name.c_str(), flags));
}

std::optional<std::string> link_at(const Descriptor& directory, const std::string& name) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = readlinkat(directory.get(), name.c_str(), target.data(), target.size());
  if (length < 0) return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(length));
}

bool leads_to_directory(const Descriptor& directory, const std::string& name) {
  struct stat read {};
  return fstatat(directory.get(), name.c_str(), &read, AT_NO_AUTOMOUNT) == 0 &&
         S_ISDIR(read.st_mode);
}

bool is_spelling_of_git(const std::string& /*name*/) { return false; }
std::string reserved_meaning_of(const std::string& /*name*/) { return {}; }

Descriptor open_to_read_at(const Descriptor& directory, const std::string& name) {
  // Do not wait for a named pipe or a terminal.
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
  return Descriptor(openat(directory.get(), name.c_str(), flags));
}

Descriptor create_at(const Descriptor& directory, const std::string& name, unsigned mode) {
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  return Descriptor(openat(directory.get(), name.c_str(), flags, mode));
}

Descriptor open_to_grow_at(const Descriptor& directory, const std::string& name) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return Descriptor(openat(directory.get(), name.c_str(), flags, 0666));
}

int rename_at(const Descriptor& directory, const std::string& from, const std::string& to) {
  return renameat(directory.get(), from.c_str(), directory.get(), to.c_str()) == 0 ? 0 : errno;
}

int rename_as_new_at(const Descriptor& directory, const std::string& from, const std::string& to) {
  if (linkat(directory.get(), from.c_str(), directory.get(), to.c_str(), 0) != 0) return errno;
  unlinkat(directory.get(), from.c_str(), 0);
  return 0;
}

int remove_at(const Descriptor& directory, const std::string& name) {
  return unlinkat(directory.get(), name.c_str(), 0) == 0 ? 0 : errno;
}

int make_directory_at(const Descriptor& directory, const std::string& name) {
  return mkdirat(directory.get(), name.c_str(), 0777) == 0 ? 0 : errno;
}

int take_after(const Descriptor& file, const Status& other) {
  if (fchown(file.get(), other.owner, other.group) != 0 && errno != EPERM) return errno;
  return fchmod(file.get(), other.mode) == 0 ? 0 : errno;
}

int make_executable_at(const Descriptor& directory, const std::string& name) {
  const auto status = status_at(directory, name);
  if (!status) return errno;
  return fchmodat(directory.get(), name.c_str(), status->mode | 0111U, 0) == 0 ? 0 : errno;
}

bool lock(int file) { return flock(file, LOCK_EX | LOCK_NB) == 0; }

}  // namespace disk
