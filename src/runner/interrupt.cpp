// SPDX-License-Identifier: MIT
#include "runner/interrupt.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace runner {
namespace {

int write_end = -1;  // of the pipe; a handler has no other way to know it

/// Only system calls that a handler may make. The text is printed by a thread.
void wake(int /*signal*/) {
  const int before = errno;
  if (write(write_end, "!", 1) < 0) _exit(Interrupt::status);
  errno = before;
}

bool is_default(int signal) {
  struct sigaction now {};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_DFL;
}

}  // namespace

Interrupt::Interrupt(Log& log) : log_(log) {
  if (!log.style().by_hand || !is_default(SIGINT) || pipe2(pipe_, O_CLOEXEC) != 0) return;
  write_end = pipe_[1];
  thread_ = std::thread([this] { wait(); });
  struct sigaction action {};
  action.sa_handler = wake;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt() {
  if (!thread_.joinable()) return;
  ::signal(SIGINT, SIG_DFL);
  close(pipe_[1]);
  thread_.join();
  close(pipe_[0]);
}

void Interrupt::say(std::string text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
}

void Interrupt::wait() {
  char byte = 0;
  ssize_t count = -1;
  do count = read(pipe_[0], &byte, 1);
  while (count < 0 && errno == EINTR);
  if (count != 1) return;
  const std::lock_guard lock(mutex_);
  log_.end(text_, status);
}

}  // namespace runner
