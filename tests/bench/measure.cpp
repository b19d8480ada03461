// SPDX-License-Identifier: MIT
// bench-measure COMMAND [ARGUMENT]…: runs the command with its output on standard error, and prints
// one line of JSON: wall and CPU time in seconds, peak memory in bytes of the largest process among
// it and its children, exit status. It is a separate program because a process inherits the peak
// memory of its parent.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = vfork();
  if (child == 0) {
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(arguments[1], arguments + 1);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  fmt::print(R"({{"wall":{:.6f},"cpu":{:.6f},"memory":{},"status":{}}})"
             "\n",
             wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
             static_cast<long long>(usage.ru_maxrss) * 1024,
             WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
