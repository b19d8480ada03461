// SPDX-License-Identifier: MIT
#include "disk/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace disk {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* usual_path = "/usr/local/bin:/usr/bin:/bin";
constexpr milliseconds between_reads{
    2};  // how often to check whether a child that has closed its output has ended

core::Error failure(const Child& child, const std::string& what) {
  return {core::Fault::failed, fmt::format("{} {}", child.program, what)};
}

/// The absolute directories in PATH. A relative one would be in the checkout, whose programs must
/// not be started.
std::vector<std::string> directories_of_path() {
  const char* path = std::getenv("PATH");
  std::vector<std::string> directories;
  std::string rest = path == nullptr ? usual_path : path;
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    if (rest.front() == '/') directories.push_back(rest.substr(0, colon));
    rest.erase(0, colon == std::string::npos ? rest.size() : colon + 1);
  }
  return directories;
}

std::string joined(const std::vector<std::string>& directories) {
  std::string path;
  for (const std::string& directory : directories) path += (path.empty() ? "" : ":") + directory;
  return path;
}

/// "" if it is in none of them.
std::string found_in(const std::vector<std::string>& directories, const std::string& program) {
  for (const std::string& directory : directories) {
    std::string file = directory + "/" + program;
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  return {};
}

/// Texts in the form that execve expects.
class Texts {
 public:
  explicit Texts(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  char* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

/// One end of the pipe to the child.
class PipeEnd {
 public:
  explicit PipeEnd(int number) : number_(number) {}
  ~PipeEnd() { shut(); }
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;

  int get() const { return number_; }
  void shut() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// --- between fork and exec: only system calls, because another thread may have held any lock ---

void close_from(unsigned first) {
  if (syscall(SYS_close_range, first, ~0U, 0U) == 0) return;
  const long most = std::min(sysconf(_SC_OPEN_MAX), 65'536L);  // before Linux 5.9
  for (int number = static_cast<int>(first); number < most; ++number) close(number);
}

void reset_signals() {
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGHUP, SIGINT, SIGTERM, SIGQUIT}) {
    ::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become(const char* file, char* const* arguments, char* const* environment,
                         int output) {
  constexpr int not_started = 127;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setsid();  // detaches from the terminal, and creates a process group that can be killed
  reset_signals();
  // If `output` is one of the three standard descriptors, dup2 would overwrite it.
  const int out = fcntl(output, F_DUPFD, STDERR_FILENO + 1);
  const int null = open("/dev/null", O_RDWR);
  if (out < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
      dup2(null, STDERR_FILENO) < 0) {
    _exit(not_started);
  }
  close_from(STDERR_FILENO + 1);
  execve(file, arguments, environment);
  _exit(not_started);
}

// --- a running child ---

class Running {
 public:
  Running(const Child& child, pid_t pid)
      : child_(child), pid_(pid), deadline_(steady_clock::now() + child.time_limit) {}
  ~Running() {
    end();
    if (!reaped_) waitpid(pid_, nullptr, 0);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  std::string read_to_end(int descriptor) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      pollfd ready{descriptor, POLLIN, 0};
      poll(&ready, 1, time_left());
      if (ready.revents == 0) continue;
      const ssize_t count = read(descriptor, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(count));
      if (text.size() > child_.output_limit) throw failure(child_, "printed more than the limit");
    }
  }

  bool ended_well() {
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0) {
      poll(nullptr, 0, std::min(time_left(), static_cast<int>(between_reads.count())));
    }
    end();  // before the process id can be reused
    int status = 0;
    reaped_ = waitpid(pid_, &status, 0) == pid_;
    return reaped_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  /// In milliseconds, at least 1.
  int time_left() const {
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
    if (left.count() > 0) return static_cast<int>(left.count());
    throw failure(child_, fmt::format("did not end within {} s",
                                      std::chrono::duration<double>(child_.time_limit).count()));
  }

  void end() {
    if (reaped_) return;
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);  // it may not have created its process group yet
  }

  const Child& child_;
  pid_t pid_;
  steady_clock::time_point deadline_;
  bool reaped_ = false;
};

}  // namespace

std::optional<std::string> output_of(const Child& child) {
  const auto directories = directories_of_path();
  const std::string file = found_in(directories, child.program);
  if (file.empty()) return std::nullopt;

  std::vector<std::string> command = {child.program};
  command.insert(command.end(), child.arguments.begin(), child.arguments.end());
  std::vector<std::string> variables = {"PATH=" + joined(directories)};
  for (const auto& [name, value] : child.environment) variables.push_back(name + "=" + value);
  const Texts arguments(std::move(command));
  const Texts environment(std::move(variables));

  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw failure(child, fmt::format("cannot be started ({})", std::strerror(errno)));
  }
  const PipeEnd output(ends[0]);
  PipeEnd input(ends[1]);
  const pid_t pid = fork();
  if (pid == 0) become(file.c_str(), arguments.get(), environment.get(), input.get());
  if (pid < 0) throw failure(child, fmt::format("cannot be started ({})", std::strerror(errno)));
  input.shut();
  Running running(child, pid);
  std::string text = running.read_to_end(output.get());
  if (!running.ended_well()) return std::nullopt;
  return text;
}

}  // namespace disk
