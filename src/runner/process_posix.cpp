// SPDX-License-Identifier: MIT
#include "runner/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "core/error.hpp"

namespace runner {
namespace {

constexpr int endings[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};

void open_standard_descriptors() {
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
    if (fcntl(number, F_GETFD) >= 0) continue;
    // open() returns the lowest free number, which is this one. Without /dev, "/" is a placeholder.
    if (open("/dev/null", O_RDWR) < 0) open("/", O_PATH);
  }
}

void end(int signal) { _exit(128 + signal); }

/// The parent process may have blocked these signals.
void unblock_endings() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : endings) sigaddset(&set, signal);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

/// The kernel delivers only signals with a handler to process 1. Ignored signals stay ignored
/// (nohup).
void handle_endings() {
  for (const int signal : endings) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_DFL) ::signal(signal, end);
  }
}

/// How many more files can be opened, at most `wanted`.
std::uint64_t openable(std::uint64_t wanted) {
  std::vector<int> copies;
  while (copies.size() < wanted) {
    const int copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) break;
    copies.push_back(copy);
  }
  for (const int copy : copies) close(copy);
  return copies.size();
}

/// Raises the soft limit, which needs no permission.
void raise_open_files() {
  constexpr rlim_t plenty = 1024;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= plenty) return;
  limit.rlim_cur = std::min(limit.rlim_max, plenty);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Without a stack limit (ulimit -s unlimited) a thread would only get 2 MiB.
void give_threads_room() {
  constexpr std::size_t room = std::size_t{8} << 20;  // bytes; the usual default
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setstacksize(&attributes, room);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
}

}  // namespace

void prepare_process() {
  open_standard_descriptors();
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);
  unblock_endings();
  if (getpid() == 1) handle_endings();
  raise_open_files();
  give_threads_room();
}

void check_open_files(std::uint64_t jobs) {
  constexpr std::uint64_t others = 9;  // the connection of the run, directories, a name lookup
  const std::uint64_t needed =
      3 * jobs +
      others;  // for each job a file, a socket, and the watchdog's duplicate of the socket
  const std::uint64_t available = openable(needed);
  if (available >= needed) return;
  throw core::Error(
      core::Fault::workflow,
      fmt::format("this job can open only {} more files, but 'jobs: {}' needs {}", available, jobs,
                  needed),
      "Raise the limit of open files for the job (ulimit -n) to 64 or more, or use fewer 'jobs'.");
}

}  // namespace runner
