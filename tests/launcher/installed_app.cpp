// SPDX-License-Identifier: MIT
#include "launcher/installed_app.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "core/text/json.hpp"

namespace e2e {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

std::string whole(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write_version(const fs::path& folder, const std::string& version, const std::string& script,
                   const std::string& health) {
  fs::create_directories(folder);
  std::ofstream(folder / "run") << "#!/bin/sh\n" << script << "\n";
  fs::permissions(folder / "run", fs::perms(0755));
  std::ofstream(folder / "RELEASE.json")
      << R"({"format": 1, "app": "demo", "version": ")" << version
      << R"(", "start": ["run", "first"], "snapshot": ["app.db"], "stop_timeout_s": 1, "health": )"
      << health << "}";
}

[[noreturn]] void be_program(char* const* words, char* const* environment, const char* output,
                             const Running::Options& options) {
  constexpr unsigned nobody = 65534;
  const int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  if (options.as_nobody && geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
    _exit(126);
  if (options.on_full_disk) {
    const rlimit nothing{0, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &nothing);
    // Its own output has to arrive.
    int ends[2];
    if (pipe(ends) != 0) _exit(126);
    if (fork() == 0) {
      const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
      setrlimit(RLIMIT_FSIZE, &all);
      close(ends[1]);
      char byte = 0;
      while (read(ends[0], &byte, 1) == 1) {
        if (write(file, &byte, 1) != 1) break;
      }
      _exit(0);
    }
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
  }
  close(file);
  execve(words[0], words, environment);
  _exit(127);
}

}  // namespace

Running::Running(const std::vector<std::string>& words, const fs::path& output,
                 const Options& options)
    : output_(output) {
  std::vector<std::string> command = words;
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin"};
  for (const auto& [name, value] : options.environment) environment.push_back(name + "=" + value);
  const auto arguments = pointers(command);
  const auto variables = pointers(environment);
  pid_ = fork();
  if (pid_ == 0) be_program(arguments.data(), variables.data(), output_.c_str(), options);
}

Running::~Running() {
  if (status_) return;
  kill(SIGKILL);
  waitpid(pid_, nullptr, 0);
}

int Running::wait() {
  if (!status_) {
    int status = 0;
    waitpid(pid_, &status, 0);
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return *status_;
}

bool Running::has_ended() {
  if (status_) return true;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return false;
  status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return true;
}

int Running::stop() {
  kill(SIGTERM);
  return wait();
}

void Running::kill(int signal) const {
  if (!status_) ::kill(pid_, signal);
}

std::string Running::output() const { return whole(output_); }

Installation::Installation(const std::string& old_script, const std::string& health)
    : InstalledApp("demo") {
  fs::create_directories(root() / "updater");
  fs::copy_file(GITEA_RELEASE_LAUNCHER, launcher());
  write_version(root() / "current", "1.0.0", old_script, health);
  std::ofstream(root() / "updater/config.json")
      << R"({"format": 1, "app": "demo", "type": "portable", "server": "https://git.example.org",)"
      << R"( "repository": "owner/demo", "platform": "linux-x86_64"})";
  fs::create_directories(root() / "data");
  std::ofstream(root() / "data/app.db") << "old";
}

void Installation::prepare(const std::string& script, const std::string& health,
                           const std::string& version) const {
  write_version(root() / "updater/ready" / version / "current", version, script, health);
}

fs::path InstalledApp::next_output() const {
  return dir_.path() / ("output" + std::to_string(outputs_++));
}

Running InstalledApp::start(const std::vector<std::string>& arguments,
                            const Running::Options& options) const {
  std::vector<std::string> words = {launcher()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return {words, next_output(), options};
}

Result InstalledApp::run(const std::vector<std::string>& arguments,
                         const Running::Options& options) const {
  Running running = start(arguments, options);
  const int status = running.wait();
  return {status, running.output()};
}

Result InstalledApp::command(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "--launcher");
  return run(arguments);
}

Result InstalledApp::run_in_namespace(const std::string& script) const {
  const std::string inside = "cd \"$1\" || exit 98\n" + script;
  std::vector<std::string> words = {"/usr/bin/unshare", "--mount"};
  if (geteuid() != 0) words.emplace_back("--map-root-user");
  words.insert(words.end(), {"/bin/sh", "-c", inside, launcher(), root().string()});
  Running probe({words[0], "--mount", geteuid() == 0 ? "true" : "--map-root-user", "true"},
                next_output(), {});
  if (probe.wait() != 0) return {99, "no name space can be made here"};
  Running running(words, next_output(), {});
  const int status = running.wait();
  return {status, running.output()};
}

core::Journal InstalledApp::journal() const {
  const std::string state = text("updater/state.json");
  return state.empty() ? core::Journal() : core::parse_journal(state);
}

bool InstalledApp::reports(const std::string& outcome) const {
  return becomes_true([&] { return journal().outcome.message == outcome; });
}

std::string InstalledApp::text(const std::string& name) const { return whole(root() / name); }

std::string InstalledApp::version() const {
  const std::string release = text("current/RELEASE.json");
  return release.empty() ? "" : core::Json::parse(release).string("version");  // during a swap
}

bool becomes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 1200; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace e2e
