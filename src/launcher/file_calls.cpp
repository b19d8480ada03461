// SPDX-License-Identifier: MIT
#include "launcher/file_calls.hpp"

#include <cerrno>
#include <system_error>

#include "core/text/system_error.hpp"
#include "launcher/system_calls.hpp"

namespace launcher {

using std::filesystem::path;
using system_calls::Begin;

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

disk::Descriptor FileCalls::create(const path& where, unsigned mode) {
  return disk::Descriptor(run(CallKind::create, where, where, [&] {
    return system_calls::open_to_write(where, Begin::empty, mode);
  }));
}

disk::Descriptor FileCalls::append(const path& where, unsigned mode) {
  return disk::Descriptor(run(CallKind::create, where, where, [&] {
    return system_calls::open_to_write(where, Begin::at_end, mode);
  }));
}

void FileCalls::write(const disk::Descriptor& file, const path& where, std::string_view bytes) {
  while (!bytes.empty()) {
    const int count = run(CallKind::write, where, where, [&] {
      return system_calls::write(file.get(), bytes.data(), bytes.size());
    });
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void FileCalls::sync(const disk::Descriptor& file, const path& where) {
  run(CallKind::sync, where, where, [&] { return system_calls::sync(file.get()); });
}

void FileCalls::sync_folder(const path& where) {
  run(CallKind::sync, where, where, [&] { return system_calls::sync_folder(where); });
}

void FileCalls::rename(const path& from, const path& to) {
  run(CallKind::rename, from, to, [&] { return system_calls::rename(from, to); });
}

void FileCalls::make_folder(const path& where, unsigned mode) {
  run(CallKind::make_folder, where, where, [&] { return system_calls::make_folder(where, mode); });
}

void FileCalls::remove_file(const path& where) {
  run(CallKind::remove_file, where, where, [&] { return system_calls::remove_file(where); });
}

void FileCalls::remove_folder(const path& where) {
  run(CallKind::remove_folder, where, where, [&] { return system_calls::remove_folder(where); });
}

void FileCalls::set_mode(const path& where, unsigned mode) {
  run(CallKind::set_mode, where, where, [&] { return system_calls::set_mode(where, mode); });
}

void FileCalls::set_owner(const path& where, unsigned user, unsigned group) {
  run(CallKind::set_owner, where, where,
      [&] { return system_calls::set_owner(where, user, group); });
}

}  // namespace launcher
