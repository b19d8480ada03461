// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "core/error.hpp"
#include "launcher/child.hpp"
#include "launcher/reads.hpp"
#include "launcher/rights.hpp"

namespace launcher {
namespace {

/// Texts in the form that execve expects.
class Words {
 public:
  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
    for (std::string& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
  }
  char* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

Words arguments_of(const Command& command) {
  std::vector<std::string> words = {command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  return Words(std::move(words));
}

Words environment_of(const Command& command) {
  std::vector<std::string> words;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string variable = *at;
    if (!command.environment.contains(variable.substr(0, variable.find('=')))) {
      words.push_back(variable);
    }
  }
  for (const auto& [name, value] : command.environment) words.push_back(name + "=" + value);
  return Words(std::move(words));
}

core::Error not_started(const Command& command, int error) {
  return {core::Fault::failed,
          fmt::format("{} cannot be started ({})", command.program.string(), std::strerror(error))};
}

/// Whether nobody would see what is written there.
bool is_nowhere(int descriptor) {
  struct stat status {};
  struct stat null {};
  if (fstat(descriptor, &status) != 0) return true;
  return S_ISCHR(status.st_mode) && stat("/dev/null", &null) == 0 && status.st_rdev == null.st_rdev;
}

/// A descriptor for the output; empty if the program inherits that of this process.
disk::Descriptor output_for(const Command& command) {
  if (command.is_silent) return disk::Descriptor(open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (command.output.empty() || !is_nowhere(STDOUT_FILENO) || !is_nowhere(STDERR_FILENO)) return {};
  constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC;
  return disk::Descriptor(open(command.output.c_str(), flags, 0644));
}

// --- between fork and exec: only system calls, because another thread may have held any lock ---

void reset_all_signals() {
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGCHLD}) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// A change of the user would undo this.
void end_with(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);  // it ended before the call above
}

/// The C library would do this in all threads, which are not there.
bool become_user(const User& user) {
  const Account& account = user.account;
  return syscall(SYS_setgroups, user.groups.size(), user.groups.data()) == 0 &&
         syscall(SYS_setresgid, account.group, account.group, account.group) == 0 &&
         syscall(SYS_setresuid, account.user, account.user, account.user) == 0 &&
         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/// Returns only if it fails, with errno.
void execute(const Command& command, char* const* arguments, char* const* environment, int output,
             std::optional<pid_t> parent) {
  reset_all_signals();
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  if (command.lock) fcntl(*command.lock, F_SETFD, 0);
  if (command.user && !become_user(*command.user)) return;
  if (parent) end_with(*parent);
  if (chdir(command.working_folder.c_str()) != 0) return;
  execve(command.program.c_str(), arguments, environment);
}

[[noreturn]] void be_child(const Command& command, char* const* arguments, char* const* environment,
                           int output, int report, pid_t parent) {
  execute(command, arguments, environment, output, parent);
  const int error = errno;
  if (write(report, &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

/// What a link of the process in /proc names. A service of root may be without the right to see that of
/// others, but as their user it is.
Path target_of(const Path& process, const char* link) {
  std::error_code failed;
  Path target = std::filesystem::read_symlink(process / link, failed);
  if (failed != std::errc::permission_denied) return target;
  const ActAs owner(other_owner_of(process));
  return std::filesystem::read_symlink(process / link, failed);
}

bool leads_into(const Path& target, const Path& folder) {
  return target == folder || target.string().starts_with(folder.string() + "/");
}

}  // namespace

struct Child::Process {
  pid_t pid = -1;
  std::optional<int> status;
};

Child::Child(const Command& command) : process_(std::make_unique<Process>()) {
  const Words arguments = arguments_of(command);
  const Words environment = environment_of(command);
  const disk::Descriptor output = output_for(command);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw not_started(command, errno);
  const disk::Descriptor reading(ends[0]);
  disk::Descriptor writing(ends[1]);
  const pid_t parent = getpid();
  process_->pid = fork();
  if (process_->pid == 0) {
    be_child(command, arguments.get(), environment.get(), output.get(), writing.get(), parent);
  }
  if (process_->pid < 0) throw not_started(command, errno);
  writing = {};
  int error = 0;
  if (read(reading.get(), &error, sizeof error) == sizeof error) {
    waitpid(process_->pid, nullptr, 0);
    throw not_started(command, error);
  }
}

Child::~Child() {
  if (process_->status || process_->pid < 0) return;
  kill();
  waitpid(process_->pid, nullptr, 0);
}

std::optional<int> Child::ended() {
  int status = 0;
  if (process_->status || waitpid(process_->pid, &status, WNOHANG) != process_->pid)
    return process_->status;
  constexpr int by_signal = 128;  // as shells report it
  process_->status = WIFSIGNALED(status) ? by_signal + WTERMSIG(status) : WEXITSTATUS(status);
  return process_->status;
}

void Child::reap_others() const {
  siginfo_t info{};
  while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid > 0) {
    if (info.si_pid == process_->pid && !process_->status) return;
    waitpid(info.si_pid, nullptr, WNOHANG);
    info = {};
  }
}

void Child::pass_on(const Signal& signal) const {
  if (!process_->status && !signal.is_from_terminal) ::kill(process_->pid, signal.number);
}

void Child::ask_to_end() const {
  if (!process_->status) ::kill(process_->pid, SIGTERM);
}

void Child::kill() const {
  if (!process_->status) ::kill(process_->pid, SIGKILL);
}

void become(const Command& command) {
  const Words arguments = arguments_of(command);
  const Words environment = environment_of(command);
  execute(command, arguments.get(), environment.get(), output_for(command).get(), std::nullopt);
  throw not_started(command, errno);
}

void end_at_once(int status) { _exit(status); }

std::string own_variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void adopt_orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::vector<int> processes_in(const Path& folder) {
  std::vector<int> found;
  for (const std::string& name : names_in("/proc")) {
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const Path process = Path("/proc") / name;
    const int pid = std::stoi(name);
    if (pid == getpid()) continue;
    if (leads_into(target_of(process, "exe"), folder) ||
        leads_into(target_of(process, "cwd"), folder)) {
      found.push_back(pid);
    }
  }
  return found;
}

void kill_processes(const std::vector<int>& processes) {
  for (const int pid : processes) ::kill(pid, SIGKILL);
}

}  // namespace launcher
