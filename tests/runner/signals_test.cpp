// SPDX-License-Identifier: MIT
// How a run ends on a signal: by itself, as process 1 of a container, and behind the launcher if
// that has to start a copy.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "runner/action_tree.hpp"
#include "runner/mount.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"
#include "support/silent_server.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::program;
using support::Process;

constexpr std::chrono::seconds patience{20};

/// A publish that waits for its server.
class Waiting {
 public:
  /// `command` runs gitea-release.
  void start(const std::vector<std::string>& command) {
    fs::create_directories(directory_.path() / "workspace");
    fs::create_directories(temp());
    process_ = std::make_unique<Process>(command, environment_, directory_.path() / "workspace",
                                         directory_.path() / "log");
    server_.wait_for_client();
  }

  void variable(const std::string& name, const std::string& value) { environment_[name] = value; }
  const TempDir& directory() const { return directory_; }
  fs::path temp() const { return directory_.path() / "temp"; }

  int pid() const { return process_->pid(); }
  int child() const {
    const std::string id = std::to_string(pid());
    return std::stoi(support::read_file("/proc/" + id + "/task/" + id + "/children"));
  }

  void check_ends(int pid, int signal) {
    REQUIRE(::kill(pid, signal) == 0);
    REQUIRE(process_->ends_within(patience));
    CHECK(process_->wait().status == 128 + signal);
  }

 private:
  TempDir directory_;
  support::SilentServer server_;
  std::map<std::string, std::string> environment_ = {
      {"PATH", "/usr/bin:/bin"},
      {"GITHUB_SERVER_URL", server_.url()},
      {"GITHUB_REPOSITORY", "owner/app"},
      {"GITHUB_WORKSPACE", directory_ / "workspace"},
      {"RUNNER_TEMP", temp()},
      {"INPUT_TAG_NAME", "v1.0.0"},
      {"INPUT_TOKEN", "0123456789abcdef0123456789abcdef01234567"}};
  std::unique_ptr<Process> process_;
};

/// The launcher in a tree mounted noexec, in a separate mount namespace.
std::vector<std::string> launcher(const Waiting& run, const std::string& shell) {
  const fs::path tree = run.directory().path() / "action";
  runner_tests::make_action_tree(tree);
  auto command = runner_tests::mounted(tree, "noexec", run.directory() / "mount.log");
  command.push_back(program(shell));
  if (shell == "busybox") command.emplace_back("sh");
  command.insert(command.end(), {tree / "bin/run", "publish"});
  return command;
}

void wait_for_writer(const std::string& pipe) {
  const int end = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  pollfd written{end, POLLIN, 0};
  const int count = poll(&written, 1, std::chrono::milliseconds(patience).count());
  close(end);
  REQUIRE(count == 1);
}

}  // namespace

TEST_CASE("a signal ends a run at once") {
  const int signal = GENERATE(SIGTERM, SIGINT, SIGHUP, SIGQUIT);
  Waiting run;
  run.start({GITEA_RELEASE, "publish"});
  run.check_ends(run.pid(), signal);
}

TEST_CASE("a signal ends a run that was started with all signals blocked") {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  Waiting run;
  run.start({GITEA_RELEASE, "publish"});
  sigprocmask(SIG_SETMASK, &before, nullptr);
  run.check_ends(run.pid(), SIGTERM);
}

TEST_CASE("a run that ignores SIGHUP survives the end of its terminal") {
  Waiting run;
  run.start({"/bin/sh", "-c", "trap '' HUP; exec " GITEA_RELEASE " publish"});
  REQUIRE(kill(run.pid(), SIGHUP) == 0);
  run.check_ends(run.pid(), SIGTERM);
}

TEST_CASE("as process 1 a run ends on the same signals, with the usual exit status") {
  const int signal = GENERATE(SIGTERM, SIGINT, SIGHUP, SIGQUIT);
  Waiting run;
  Process attempt({program("unshare"), "--pid", "--fork", "/bin/true"}, {}, "/",
                  run.directory() / "trial.log");
  if (attempt.wait().status != 0) SKIP("this process may not make a namespace");
  run.start({program("unshare"), "--pid", "--fork", GITEA_RELEASE, "publish"});
  run.check_ends(run.child(), signal);
}

TEST_CASE(
    "a signal ends the program that the launcher started from a copy, and no process remains") {
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(shell);
  Waiting run;
  run.start(launcher(run, shell));
  CHECK(fs::is_empty(run.temp()));  // it runs, and no longer needs its file
  run.check_ends(run.pid(), GENERATE(SIGTERM, SIGINT, SIGHUP));
  CHECK(fs::is_empty(run.temp()));
}

TEST_CASE("a launcher that is killed while it copies leaves no files") {
  const std::string shell = GENERATE("dash", "bash");  // busybox has its own cp
  INFO(shell);
  const TempDir directory;
  const TempDir temp;
  const TempDir programs;
  REQUIRE(mkfifo((directory / "started").c_str(), 0600) == 0);
  REQUIRE(mkfifo((directory / "go-on").c_str(), 0600) == 0);
  for (const char* name : {"uname", "mktemp", "chmod", "rm"}) {
    fs::create_symlink(program(name), programs / name);
  }
  fs::permissions(programs.write("cp", "#!/bin/sh\n: >" + (directory / "started") +
                                           "\nread line <" + (directory / "go-on") + "\n"),
                  fs::perms::owner_all);
  runner_tests::make_action_tree(directory.path() / "action");
  auto command = runner_tests::mounted(directory.path() / "action", "noexec", directory / "log");
  command.push_back(program(shell));
  command.insert(command.end(), {directory / "action/bin/run", "publish"});
  Process process(command, {{"PATH", programs.path()}, {"RUNNER_TEMP", temp.path()}}, "/",
                  directory / "log");
  wait_for_writer(directory / "started");
  CHECK_FALSE(fs::is_empty(temp.path()));
  process.kill(SIGTERM);
  std::ofstream(directory / "go-on") << "\n";
  REQUIRE(process.ends_within(patience));
  CHECK(process.wait().status == 128 + SIGTERM);
  CHECK(fs::is_empty(temp.path()));
}
