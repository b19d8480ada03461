// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "launcher/file_calls.hpp"
#include "launcher/lock.hpp"

namespace launcher {

Lock::Lock(const Folder& folder) {
  constexpr int flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDWR | O_CREAT | flags, 0644));
  if (!file_) file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDONLY | flags));
  if (!file_) return;
  state_ = flock(file_.get(), LOCK_EX | LOCK_NB) == 0 ? State::held : State::taken;
}

void Lock::sign() const {
  const std::string text = std::to_string(getpid()) + "\n";
  if (ftruncate(file_.get(), 0) == 0) {
    [[maybe_unused]] const ssize_t count = pwrite(file_.get(), text.data(), text.size(), 0);
  }
}

bool is_launcher_of(const Folder& folder, int process) {
  std::error_code failed;
  const Path program =
      std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", failed);
  return !failed &&
         (program == folder.launcher || program == folder.launcher.string() + " (deleted)");
}

void ask_to_end(int process) {
  if (::kill(process, SIGTERM) != 0 && errno != ESRCH) {
    throw FileError(errno, "the launcher's process");
  }
}

}  // namespace launcher
