// SPDX-License-Identifier: MIT
// Scripts that change more than this tree: scripts/setup installs nothing on a host without
// permission, scripts/release publishes nothing that is not ready.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using support::read_file;

const fs::path source = GITEA_RELEASE_SOURCE;

/// A tree with one of our scripts, and programs that come first in PATH.
class Tree {
 public:
  explicit Tree(const std::string& script) : script_(script) {
    fs::create_directories(root() / "scripts");
    fs::create_directories(root() / ".deps");
    fs::copy(source / "scripts" / script, root() / "scripts" / script);
  }

  const fs::path& root() const { return root_.path(); }
  void file(const std::string& name, const std::string& text) const { root_.write(name, text); }
  void program(const std::string& name, const std::string& text) const {
    fs::permissions(programs_.write(name, "#!/bin/sh\n" + text), fs::perms::owner_all);
  }

  support::Ended run(const std::vector<std::string>& arguments,
                     std::map<std::string, std::string> variables = {}) const {
    variables["PATH"] = programs_.path().string() + ":/usr/bin:/bin";
    variables["HOME"] = programs_.path();
    std::vector<std::string> command = {root() / "scripts" / script_};
    command.insert(command.end(), arguments.begin(), arguments.end());
    support::Process process(command, variables, root(), programs_ / "log");
    return process.wait();
  }

 private:
  std::string script_;
  TempDir root_;
  TempDir programs_;
};

/// A machine without any package, whose apt-get records its arguments.
struct Machine : Tree {
  Machine() : Tree("setup") {
    program("dpkg-query", "exit 1\n");
    program("apt-get", "echo \"$*\" >>" + said().string() + "\n");
    program("sudo", "exec \"$@\"\n");
  }
  fs::path said() const { return root() / "said"; }
};

/// A project that could be released as v1.2.3, if its SECURITY.md allows it.
struct Project : Tree {
  Project() : Tree("release") {
    file("CMakeLists.txt", "project(gitea-release VERSION 1.2.3 LANGUAGES CXX)\n");
    file("CHANGELOG.md", "## [1.2.3]\n");
    git("init -q");
  }

  support::Ended release(const std::string& security) {
    file("SECURITY.md", security);
    git("add .");
    git("-c user.name=n -c user.email=e@example.org commit -q --allow-empty -m x");
    return run({"v1.2.3"});
  }

  void git(const std::string& arguments) const {
    REQUIRE(std::system(("git -C '" + root().string() + "' " + arguments).c_str()) == 0);  // NOLINT
  }
};

}  // namespace

TEST_CASE("a job installs nothing on a runner's host without permission") {
  const Machine machine;
  const std::map<std::string, std::string> host = {{"SETUP_CONTAINER_MARKS", "/nowhere"},
                                                   {"GITEA_ACTIONS", "true"}};
  const support::Ended ended = machine.run({"--test"}, host);
  CHECK(ended.status == 2);
  CHECK(ended.output.find("this machine lacks g++ cmake ") != std::string::npos);
  CHECK(ended.output.find("SETUP_INSTALL=yes") != std::string::npos);
  CHECK_FALSE(fs::exists(machine.said()));
}

TEST_CASE("missing packages are installed in a container, or where installing is allowed") {
  for (const std::map<std::string, std::string>& variables :
       {std::map<std::string, std::string>{{"SETUP_CONTAINER_MARKS", "/nowhere"}},
        {{"SETUP_CONTAINER_MARKS", "/"}, {"GITEA_ACTIONS", "true"}},
        {{"SETUP_CONTAINER_MARKS", "/nowhere"},
         {"GITHUB_ACTIONS", "true"},
         {"SETUP_INSTALL", "yes"}},
        {{"SETUP_CONTAINER_MARKS", "/nowhere"},
         {"GITEA_ACTIONS", "true"},
         {"container", "podman"}}}) {
    const Machine machine;
    auto all = variables;
    all["SETUP_SOURCES_FROM_UPSTREAM"] = "yes";
    const support::Ended ended = machine.run({}, all);
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(read_file(machine.said()).find("\ninstall -y ") != std::string::npos);
  }
}

TEST_CASE("what is to be installed is named beforehand, with its size") {
  const Machine machine;
  machine.program("apt-get",
                  "echo 'Need to get 12.3 MB/39.3 MB of archives.'\n"
                  "echo 'After this operation, 169 MB of additional disk space will be used.'\n");
  const support::Ended ended =
      machine.run({}, {{"SETUP_CONTAINER_MARKS", "/"}, {"SETUP_SOURCES_FROM_UPSTREAM", "yes"}});
  INFO(ended.output);
  CHECK(ended.output.find(" libyaml-cpp-dev (12.3 MB/39.3 MB to download, 169 MB installed)\n") !=
        std::string::npos);
}

TEST_CASE("a machine without a package list gets one before the size is printed") {
  const Machine machine;
  const std::string list = machine.root() / "list";
  machine.program("apt-get", "case $1 in update) >" + list + " ;; esac\n[ ! -e " + list +
                                 " ] || echo 'Need to get 12.3 MB of archives.'\n");
  const support::Ended ended =
      machine.run({}, {{"SETUP_CONTAINER_MARKS", "/"}, {"SETUP_SOURCES_FROM_UPSTREAM", "yes"}});
  INFO(ended.output);
  CHECK(ended.output.find(" libyaml-cpp-dev (12.3 MB to download)\n") != std::string::npos);
}

TEST_CASE("no question is asked on a machine that has everything") {
  const Machine machine;
  machine.program("dpkg-query", "echo install ok installed\n");
  const support::Ended ended = machine.run(
      {}, {{"SETUP_CONTAINER_MARKS", "/nowhere"}, {"SETUP_SOURCES_FROM_UPSTREAM", "yes"}});
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK_FALSE(fs::exists(machine.said()));
}

TEST_CASE("nothing is released until vulnerability reports have a recipient") {
  Project project;
  for (const char* security : {"by e-mail to `@SECURITY_EMAIL@`.\n",
                               "by e-mail to security@example.org\n", "<mailto:me@host.example>\n",
                               "me@test.invalid\n", "In a private message.\n", "me@\n", ""}) {
    INFO(security);
    const support::Ended ended = project.release(security);
    INFO(ended.output);
    CHECK(ended.status == 2);
    CHECK(ended.output.find("SECURITY.md") != std::string::npos);
  }
  CHECK(project.release("by e-mail to `@SECURITY_EMAIL@`.\n")
            .output.find("reports go to '@SECURITY_EMAIL@'; replace it by an address") !=
        std::string::npos);
  for (const char* security : {"by e-mail to `security@gitea-release.org`.\n",
                               "<mailto:first.last+x@mail.host-1.net>\n"}) {
    INFO(security);
    const support::Ended ended = project.release(security);
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.output.find("nothing was done; with --push") != std::string::npos);
  }
}

TEST_CASE("scripts/release recognizes the placeholder in SECURITY.md") {
  Project project;
  const std::string security = read_file(source / "SECURITY.md");
  CHECK(project.release(security).status ==
        (security.find("@SECURITY_EMAIL@") == std::string::npos ? 0 : 2));
}
