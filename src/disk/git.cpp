// SPDX-License-Identifier: MIT
#include "disk/git.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/text.hpp"

namespace disk {
namespace {

/// How a program is started: its standard output into a pipe, no input, no errors to be seen.
class Plumbing {
 public:
  explicit Plumbing(int out) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~Plumbing() { posix_spawn_file_actions_destroy(&actions_); }
  Plumbing(const Plumbing&) = delete;
  Plumbing& operator=(const Plumbing&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t count = read(descriptor, buffer.data(), buffer.size());
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      return text;
    }
  }
}

bool ended_well(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// What a program in PATH prints; "" where it is not there or fails.
std::string output_of(std::vector<std::string> arguments) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return {};
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t child = -1;
  const int failure =
      posix_spawnp(&child, argv[0], Plumbing(pipe_ends[1]).get(), nullptr, argv.data(), environ);
  close(pipe_ends[1]);
  const std::string text = failure == 0 ? read_to_end(pipe_ends[0]) : "";
  close(pipe_ends[0]);
  return failure == 0 && ended_well(child) ? text : "";
}

}  // namespace

std::vector<std::string> tags_of_head(const std::string& directory) {
  // In a container the checkout often belongs to another user, and git would refuse to look at it.
  return core::lines(output_of({"git", "-c", "safe.directory=*", "-C", directory, "for-each-ref",
                                "--points-at=HEAD", "--format=%(refname:strip=2)", "refs/tags"}));
}

}  // namespace disk
