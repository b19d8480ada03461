// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "core/text/system_error.hpp"
#include "launcher/file_calls.hpp"

namespace launcher {

using std::filesystem::path;

FileError::FileError(int error, const path& where)
    : core::Error(core::error_of(std::error_code(error, std::generic_category()), where.string())),
      code(error) {}

template <typename Call>
int FileCalls::run(CallKind kind, const path& where, const path& target, Call&& call) {
  const FileCall description{kind, where, target};
  if (hook_) {
    if (const int error = hook_(description, false); error != 0) throw FileError(error, where);
  }
  int result = -1;
  do result = call();
  while (result < 0 && errno == EINTR);
  if (result < 0) throw FileError(errno, where);
  if (hook_) hook_(description, true);
  return result;
}

disk::Descriptor FileCalls::open_to_write(const path& where, int flags, unsigned mode) {
  constexpr int always = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return disk::Descriptor(run(CallKind::create, where, where,
                              [&] { return open(where.c_str(), always | flags, mode); }));
}

disk::Descriptor FileCalls::create(const path& where, unsigned mode) {
  return open_to_write(where, O_TRUNC, mode);
}

disk::Descriptor FileCalls::append(const path& where, unsigned mode) {
  return open_to_write(where, O_APPEND, mode);
}

void FileCalls::write(const disk::Descriptor& file, const path& where, std::string_view bytes) {
  while (!bytes.empty()) {
    const int count = run(CallKind::write, where, where, [&] {
      constexpr std::size_t most = std::size_t{1} << 30;
      return static_cast<int>(
          ::write(file.get(), bytes.data(), bytes.size() < most ? bytes.size() : most));
    });
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void FileCalls::sync(const disk::Descriptor& file, const path& where) {
  run(CallKind::sync, where, where, [&] {
    // Some file systems cannot sync folders (EINVAL), and write them at once.
    return fsync(file.get()) == 0 || errno == EINVAL ? 0 : -1;
  });
}

void FileCalls::sync_folder(const path& where) {
  const disk::Descriptor folder(open(where.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) throw FileError(errno, where);
  sync(folder, where);
}

void FileCalls::rename(const path& from, const path& to) {
  run(CallKind::rename, from, to, [&] { return std::rename(from.c_str(), to.c_str()); });
}

void FileCalls::make_folder(const path& where, unsigned mode) {
  run(CallKind::make_folder, where, where, [&] { return mkdir(where.c_str(), mode); });
}

void FileCalls::remove_file(const path& where) {
  run(CallKind::remove_file, where, where, [&] { return unlink(where.c_str()); });
}

void FileCalls::remove_folder(const path& where) {
  run(CallKind::remove_folder, where, where, [&] { return rmdir(where.c_str()); });
}

void FileCalls::set_mode(const path& where, unsigned mode) {
  run(CallKind::set_mode, where, where,
      [&] { return fchmodat(AT_FDCWD, where.c_str(), mode & 07777U, 0); });
}

void FileCalls::set_owner(const path& where, unsigned user, unsigned group) {
  run(CallKind::set_owner, where, where, [&] { return lchown(where.c_str(), user, group); });
}

}  // namespace launcher
