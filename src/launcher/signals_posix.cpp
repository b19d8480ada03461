// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <initializer_list>

#include "disk/descriptor.hpp"
#include "launcher/signals.hpp"

namespace launcher {
namespace {

/// All but those that a fault of this program causes, and those that stop it in the background.
sigset_t passed_on() {
  sigset_t set;
  sigfillset(&set);
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGPIPE,
                           SIGXFSZ, SIGTTIN, SIGTTOU, SIGTSTP}) {
    sigdelset(&set, signal);
  }
  return set;
}

}  // namespace

struct Signals::Source {
  disk::Descriptor descriptor;
};

Signals::Signals() : source_(std::make_unique<Source>()) {
  ::signal(SIGCHLD, SIG_DFL);  // if it were ignored, children could not be waited for
  for (const int failed_write : {SIGPIPE, SIGXFSZ}) ::signal(failed_write, SIG_IGN);
  const sigset_t set = passed_on();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  source_->descriptor = disk::Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

Signals::~Signals() = default;

std::optional<Signal> Signals::next(std::chrono::milliseconds time) const {
  pollfd ready{source_->descriptor.get(), POLLIN, 0};
  if (poll(&ready, 1, static_cast<int>(time.count())) <= 0) return std::nullopt;
  signalfd_siginfo info{};
  if (read(source_->descriptor.get(), &info, sizeof info) != sizeof info) return std::nullopt;
  return Signal{static_cast<int>(info.ssi_signo), info.ssi_code == SI_KERNEL};
}

bool is_about_children(const Signal& signal) { return signal.number == SIGCHLD; }

bool asks_to_end(const Signal& signal) {
  return signal.number == SIGTERM || signal.number == SIGINT || signal.number == SIGHUP ||
         signal.number == SIGQUIT;
}

bool insists_on_end(const Signal& signal) { return signal.number == SIGTERM; }

}  // namespace launcher
