// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "launcher/file_calls.hpp"
#include "launcher/lock.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

/// What the application's user can see of a launcher of root: the owner, and the start of the name.
bool looks_like_launcher(const Folder& folder, const Path& process) {
  constexpr std::size_t most = 15;  // letters of a name that Linux keeps
  struct stat own {};
  struct stat lock {};
  if (stat(process.c_str(), &own) != 0 || stat(folder.lock().c_str(), &lock) != 0) return false;
  const std::string name = text_of(process / "comm", 2 * most).value_or("");
  return own.st_uid == lock.st_uid &&
         name == folder.launcher.filename().string().substr(0, most) + "\n";
}

}  // namespace

Lock::Lock(const Folder& folder) {
  constexpr int flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  // The application inherits it, and must not write to it.
  file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDONLY | O_CREAT | flags, 0644));
  if (!file_) file_ = disk::Descriptor(open(folder.lock().c_str(), O_RDONLY | flags));
  if (!file_) return;
  state_ = flock(file_.get(), LOCK_EX | LOCK_NB) == 0 ? State::held : State::taken;
}

void Lock::sign() const {
  const std::string text = std::to_string(getpid()) + "\n";
  const std::string same_file = "/proc/self/fd/" + std::to_string(file_.get());
  const disk::Descriptor file(open(same_file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
  [[maybe_unused]] const ssize_t count = write(file.get(), text.data(), text.size());
}

bool is_launcher_of(const Folder& folder, int process) {
  const Path entry = "/proc/" + std::to_string(process);
  std::error_code failed;
  const Path program = std::filesystem::read_symlink(entry / "exe", failed);
  if (failed == std::errc::permission_denied) return looks_like_launcher(folder, entry);
  return !failed &&
         (program == folder.launcher || program == folder.launcher.string() + " (deleted)");
}

void ask_to_end(int process) {
  if (::kill(process, SIGTERM) != 0 && errno != ESRCH) {
    throw FileError(errno, "the launcher's process");
  }
}

}  // namespace launcher
