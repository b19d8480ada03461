// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <io.h>

#include <cerrno>

#include "disk/open.hpp"
#include "launcher/file_calls.hpp"
#include "launcher/lock.hpp"
#include "launcher/processes.hpp"
#include "launcher/stop_event.hpp"

namespace launcher {
namespace {

/// A lock keeps others from reading what is locked, so that it is a byte far behind the process's number.
bool lock_byte(const disk::Descriptor& file) {
  constexpr DWORD far_behind = 1 << 30;
  OVERLAPPED place{};
  place.Offset = far_behind;
  const auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(file.get()));
  return LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place) !=
         0;
}

}  // namespace

Lock::Lock(const Folder& folder) : file_(disk::open_to_grow(folder.lock())) {
  if (!file_) file_ = disk::open_to_read(folder.lock(), disk::Links::refuse);
  if (!file_) return;
  state_ = lock_byte(file_) ? State::held : State::taken;
}

void Lock::sign() const {
  const std::string text = fmt::format("{}\n", GetCurrentProcessId());
  if (_chsize(file_.get(), 0) != 0 || _lseek(file_.get(), 0, SEEK_SET) != 0) return;
  [[maybe_unused]] const int count =
      _write(file_.get(), text.data(), static_cast<unsigned>(text.size()));
}

bool is_launcher_of(const Folder& folder, int process) {
  // One that was replaced has another name.
  const Path program = program_of(static_cast<DWORD>(process));
  return !program.empty() && is_in_folder(program, folder.root) &&
         !is_in_folder(program, folder.current());
}

void ask_to_end(int process) {
  const disk::Handle event = stop_event_of(process);
  if (event && SetEvent(event.get()) != 0) return;
  const DWORD error = GetLastError();
  if (error == ERROR_ACCESS_DENIED) throw FileError(EPERM, "the launcher's process");
}

}  // namespace launcher
