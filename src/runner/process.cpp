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
    // The lowest number that is free is taken: this one. Without /dev it is a place holder.
    if (open("/dev/null", O_RDWR) < 0) open("/", O_PATH);
  }
}

void end(int signal) { _exit(128 + signal); }

/// Whoever starts a program may leave it with signals that it does not see.
void unblock_endings() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : endings) sigaddset(&set, one);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

/// The kernel keeps from process 1 what it has no handler for. What is ignored stays so (nohup).
void handle_endings() {
  for (const int one : endings) {
    struct sigaction before {};
    sigaction(one, nullptr, &before);
    if (before.sa_handler == SIG_DFL) ::signal(one, end);
  }
}

/// As many more files as can be open, `wanted` at most.
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

/// What a user may raise without asking anybody.
void raise_open_files() {
  constexpr rlim_t plenty = 1024;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= plenty) return;
  limit.rlim_cur = std::min(limit.rlim_max, plenty);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Without a limit for stacks (ulimit -s unlimited) a thread would get 2 MiB.
void give_threads_room() {
  constexpr std::size_t room = std::size_t{8} << 20;  // bytes; what a thread has by default
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
  constexpr std::uint64_t besides = 9;  // the run's own connection, directories, a name's look-up
  const std::uint64_t needed = 3 * jobs + besides;  // a file, and a connection, of which two know
  const std::uint64_t there = openable(needed);
  if (there >= needed) return;
  throw core::Error(
      core::Fault::workflow,
      fmt::format("this job may open only {} more files, and 'jobs: {}' needs {}", there, jobs,
                  needed),
      "Raise the number of open files for the job (ulimit -n): 64 are enough. 'jobs: 1' needs "
      "least.");
}

}  // namespace runner
