// SPDX-License-Identifier: MIT
#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "support/secrets.hpp"
#include "support/under_test.hpp"

namespace support {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Only system calls that a child may use after fork().
void send_to(int descriptor, const char* file) {
  dup2(open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), descriptor);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment,
                 const std::filesystem::path& directory, const std::filesystem::path& output,
                 const std::filesystem::path& errors)
    : output_(output), errors_(errors), secrets_(secrets_in(environment)) {
  std::vector<std::string> argv = arguments;
  const std::string built = GITEA_RELEASE;
  if (std::find(argv.begin(), argv.end(), built) != argv.end()) {
    std::replace(argv.begin(), argv.end(), built, program_under_test());
  }
  std::vector<std::string> envp;
  for (const auto& [name, value] : environment) envp.push_back(name + "=" + value);
  const auto argv_pointers = pointers(argv);
  const auto envp_pointers = pointers(envp);
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("fork");
  if (pid_ > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  send_to(STDOUT_FILENO, output.c_str());
  if (errors.empty()) {
    dup2(STDOUT_FILENO, STDERR_FILENO);
  } else {
    send_to(STDERR_FILENO, errors.c_str());
  }
  if (chdir(directory.c_str()) == 0)
    execve(argv_pointers[0], argv_pointers.data(), envp_pointers.data());
  _exit(127);
}

Process::~Process() {
  if (pid_ < 0) return;
  kill(SIGKILL);
  reap();
}

bool Process::ends_within(std::chrono::milliseconds time) const {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (handle < 0) throw std::runtime_error("pidfd_open");
  pollfd ended{handle, POLLIN, 0};
  const int ready = poll(&ended, 1, static_cast<int>(time.count()));
  close(handle);
  return ready > 0;
}

void Process::kill(int signal) const { ::kill(pid_, signal); }

Ended Process::wait() {
  const Ended ended = reap();
  check_no_secret(ended.output, "THE OUTPUT", secrets_);
  if (!errors_.empty()) check_no_secret(text_of(errors_), "STANDARD ERROR", secrets_);
  return ended;
}

Ended Process::reap() {
  int status = 0;
  rusage usage{};
  wait4(std::exchange(pid_, -1), &status, 0, &usage);
  Ended ended;
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ended.output = output();
  ended.peak_kib = sanitized || tests_another_program() ? 0 : usage.ru_maxrss;
  return ended;
}

std::string Process::output() const { return as_on_this_system(text_of(output_)); }

}  // namespace support
