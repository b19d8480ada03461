// SPDX-License-Identifier: MIT
#include "disk/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <string>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "temp_dir.hpp"

using disk::Child;
using disk::output_of;
using std::chrono::milliseconds;

namespace {

/// A variable of this process, restored at the end.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

Child shell(const std::string& script) {
  Child child;
  child.program = "sh";
  child.arguments = {"-c", script};
  return child;
}

std::string printed(const std::string& script) { return output_of(shell(script)).value_or("none"); }

/// The error of output_of for a child that it must kill.
std::string complaint(const Child& child) {
  try {
    output_of(child);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    return error.message;
  }
  return "no error";
}

void make_program(const std::string& file, const std::string& script) {
  std::ofstream(file) << "#!/bin/sh\n" << script;
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

/// A pipe that a child keeps open as long as it lives.
class Held {
 public:
  Held() {
    REQUIRE(mkfifo(pipe().c_str(), 0600) == 0);
    REQUIRE(mkfifo((directory_ / "never").c_str(), 0600) == 0);
    descriptor_ = open(pipe().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~Held() { close(descriptor_); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  // Commands for a shell.
  std::string hold() const { return "exec 4>" + pipe() + "; "; }
  std::string wait() const { return "read x <" + (directory_ / "never"); }  ///< for ever

  bool is_let_go() const {
    pollfd end{descriptor_, 0, 0};
    return poll(&end, 1, 10'000) == 1 && (end.revents & POLLHUP) != 0;
  }

 private:
  std::string pipe() const { return directory_ / "pipe"; }

  TempDir directory_;
  int descriptor_ = -1;
};

}  // namespace

TEST_CASE("the output of a child is returned, but not if it fails or does not exist") {
  CHECK(printed("echo a; echo b >&2; echo c") == "a\nc\n");
  CHECK(printed("exit 0").empty());
  CHECK(printed("echo a; exit 1") == "none");
  CHECK(printed("echo a; kill -9 $$") == "none");
  CHECK(printed("head -c 100000 /dev/zero | tr '\\0' x").size() == 100'000);
  CHECK_FALSE(output_of({"no-such-program", {}, {}}).has_value());
}

TEST_CASE("a child gets PATH, the given variables, and no others") {
  const Variable token("INPUT_TOKEN", "secret");
  const Variable home("HOME", "/home/of-ours");
  Child child;
  child.program = "env";
  child.environment = {{"GIVEN", "a b"}, {"EMPTY", ""}};
  auto lines = core::lines(output_of(child).value());
  std::sort(lines.begin(), lines.end());
  CHECK(lines == std::vector<std::string>{"EMPTY=", "GIVEN=a b",
                                          std::string("PATH=") + std::getenv("PATH")});
}

TEST_CASE("a child gets none of our descriptors, no input and no terminal") {
  const TempDir directory;
  const int open_one = open(directory.write("secret").c_str(), O_RDONLY);
  const int far = fcntl(open_one, F_DUPFD, 200);
  // The fourth is the descriptor with which ls itself reads the directory.
  CHECK(printed("ls /proc/self/fd | wc -l | tr -d ' '") == "4\n");
  CHECK(printed("cat") == "");
  CHECK(printed("readlink /proc/self/fd/2") == "/dev/null\n");
  CHECK(printed("(: </dev/tty) 2>/dev/null && echo terminal || echo none") == "none\n");
  close(far);
  close(open_one);
}

TEST_CASE("a child starts with the default handling of signals") {
  const auto before = signal(SIGPIPE, SIG_IGN);
  CHECK(printed("grep SigIgn /proc/self/status | tr -d '\\t'").starts_with("SigIgn:000000000000"));
  // head closes its input before it writes, so that its output may come after that of the shell.
  CHECK(printed("exec 3>&1; (yes; echo $? >&3) | head -n 1 >/dev/null") == "141\n");
  signal(SIGPIPE, before);
}

TEST_CASE("programs are searched in the absolute directories of PATH, not in the checkout") {
  const TempDir directory;
  const auto here = std::filesystem::current_path();
  make_program(directory / "program", "echo mine $PATH\n");
  std::filesystem::current_path(directory.path());
  for (const std::string& path : {std::string("."), std::string(""), std::string(":/usr/bin:"),
                                  std::string("bin:/usr/bin")}) {
    INFO(path);
    const Variable set("PATH", path);
    CHECK_FALSE(output_of({"program", {}, {}}).has_value());
  }
  const Variable set("PATH", "bin::" + directory.path().string() + ":.:/usr/bin");
  CHECK(output_of({"program", {}, {}}).value() ==
        "mine " + directory.path().string() + ":/usr/bin\n");
  std::filesystem::current_path(here);
}

TEST_CASE("a child that does not end is killed, with all its children") {
  const Held held;
  Child child = shell(held.hold() + "(" + held.wait() + ") & " + held.wait());
  child.time_limit = milliseconds(300);
  const auto start = std::chrono::steady_clock::now();
  CHECK(complaint(child) == "sh did not end within 0.3 s");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
  CHECK(held.is_let_go());
}

TEST_CASE("a child that has closed its output must end, too") {
  const Held held;
  Child child = shell(held.hold() + "exec >/dev/null; " + held.wait());
  child.time_limit = milliseconds(300);
  CHECK(complaint(child) == "sh did not end within 0.3 s");
  CHECK(held.is_let_go());
}

TEST_CASE("processes that a child leaves behind are killed") {
  const Held held;
  CHECK(printed(held.hold() + "(" + held.wait() + ") >/dev/null & echo done") == "done\n");
  CHECK(held.is_let_go());
}

TEST_CASE("a child that prints more than the limit is killed") {
  Child child = shell("yes");
  child.output_limit = 1000;
  CHECK(complaint(child) == "sh printed more than the limit");
}
