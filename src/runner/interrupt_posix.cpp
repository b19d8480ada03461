// SPDX-License-Identifier: MIT
#include "runner/interrupt.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
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

/// Whether the other side wrote something, and did not just close the pipe.
bool receives_byte(int descriptor) {
  char byte = 0;
  ssize_t count = -1;
  do count = read(descriptor, &byte, 1);
  while (count < 0 && errno == EINTR);
  return count == 1;
}

}  // namespace

struct Interrupt::System {
  int pipe[2] = {-1, -1};
  std::thread thread;
};

Interrupt::Interrupt(Log& log) : log_(log) {
  if (!log.style().by_hand || !is_default(SIGINT)) return;
  auto system = std::make_unique<System>();
  if (pipe2(system->pipe, O_CLOEXEC) != 0) return;
  write_end = system->pipe[1];
  system_ = std::move(system);
  system_->thread = std::thread([this, from = system_->pipe[0]] {
    if (receives_byte(from)) end();
  });
  struct sigaction action {};
  action.sa_handler = wake;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt() {
  if (!system_) return;
  ::signal(SIGINT, SIG_DFL);
  close(system_->pipe[1]);
  system_->thread.join();
  close(system_->pipe[0]);
}

}  // namespace runner
