// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>
#include <thread>

#include "launcher/file_calls.hpp"
#include "launcher/lock.hpp"
#include "launcher/reads.hpp"

namespace launcher {

Lock::Lock(const Folder& folder) {
  constexpr int flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDWR | O_CREAT | flags, 0644));
  if (!file_) file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDONLY | flags));
  if (!file_) return;
  state_ = flock(file_.get(), LOCK_EX | LOCK_NB) == 0 ? State::held : State::taken;
}

Lock Lock::take(const Folder& folder) {
  constexpr std::chrono::milliseconds pause{50};
  Lock lock(folder);
  for (int i = 0; i < 20 && lock.state() == State::taken && !lock_holder(folder); ++i) {
    std::this_thread::sleep_for(pause);
    lock = Lock(folder);
  }
  return lock;
}

void Lock::sign() const {
  const std::string text = std::to_string(getpid()) + "\n";
  if (ftruncate(file_.get(), 0) == 0) {
    [[maybe_unused]] const ssize_t count = pwrite(file_.get(), text.data(), text.size(), 0);
  }
}

std::optional<int> lock_holder(const Folder& folder) {
  constexpr std::size_t most = 64;  // bytes
  const std::string text = text_of(folder.lock(), most).value_or("");
  int pid = 0;
  std::from_chars(text.data(), text.data() + text.size(), pid);
  // The number may belong to another program by now.
  std::error_code failed;
  const Path program =
      std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/exe", failed);
  const bool is_launcher =
      !failed && (program == folder.launcher || program == folder.launcher.string() + " (deleted)");
  if (pid <= 0 || !is_launcher) return std::nullopt;
  return pid;
}

void ask_to_end(int process) {
  if (::kill(process, SIGTERM) != 0 && errno != ESRCH) {
    throw FileError(errno, "the launcher's process");
  }
}

}  // namespace launcher
