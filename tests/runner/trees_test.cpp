// SPDX-License-Identifier: MIT
// What checkouts and machines do to the action's files, and how the launcher deals with it.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "runner/action_tree.hpp"
#include "runner/job.hpp"
#include "runner/mount.hpp"
#include "runner/tools.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::binary_of;
using runner_tests::Job;
using runner_tests::program;
using support::Server;

constexpr fs::perms executable =
    fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

void lose_executable_bits(const fs::path& action) {
  for (const fs::path& file : {action / "bin/run", binary_of(action)}) {
    fs::permissions(file, executable, fs::perm_options::remove);
  }
}

void check_published(const Job& job, Server& server) {
  const Job::Ended ended = job.run();
  INFO(ended.log);
  REQUIRE(ended.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(fs::is_empty(job.temp()));
}

/// The step sees `directory` mounted again with these options.
void mount_for_step(Job& job, const fs::path& directory, const std::string& options) {
  job.within(
      runner_tests::mounted(directory, options, job.workspace().parent_path() / "mount.log"));
}

/// The one line with which the launcher explains itself, if the tree is /action.
void check_refusal(const Job& job, const std::string& line) {
  const Job::Ended ended = job.run();
  CHECK(ended.status == 2);
  CHECK(support::replaced(ended.log, job.action().string(), "/action") == line + "\n");
}

const std::string use_a_release_tag =
    "Use a release tag of this action (v1, v1.2.3), which carries the binaries for Linux on "
    "amd64, arm64 and armv7, or put a gitea-release into PATH.";

}  // namespace

TEST_CASE("without executable bits") {
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(shell);
  Server server;
  const Job job(server, "gitea-host", shell);
  lose_executable_bits(job.action());
  check_published(job, server);
}

TEST_CASE("in a path with spaces and other special characters") {
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(shell);
  Server server;
  Job job(server, "gitea-host", shell);
  job.move_action(job.temp().parent_path() / "a b/$x 'q' \"d\" *");
  check_published(job, server);
}

TEST_CASE("in a read-only tree") {
  Server server;
  Job job(server, "gitea-host", "dash");
  mount_for_step(job, job.action(), "ro");
  check_published(job, server);
}

TEST_CASE("in a read-only tree, without executable bits") {
  Server server;
  Job job(server, "gitea-host", "dash");
  lose_executable_bits(job.action());
  mount_for_step(job, job.action(), "ro");
  check_published(job, server);
}

TEST_CASE("on a file system that is mounted noexec") {
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(shell);
  Server server;
  Job job(server, "gitea-host", shell);
  mount_for_step(job, job.action(), "noexec");
  check_published(job, server);
}

TEST_CASE("if no file system of the job allows execution, the launcher says so") {
  Server server;
  Job job(server, "gitea-host", "dash");
  mount_for_step(job, fs::temp_directory_path(), "noexec");
  check_refusal(job, "::error::/action/bin/../dist/gitea-release-linux-" +
                         runner_tests::architecture() +
                         " may not be executed, nor a copy of it in RUNNER_TEMP, /tmp, HOME or the "
                         "workspace. Mount one of them without 'noexec'.");
}

TEST_CASE("as a user who may not change the tree, which has lost its executable bits") {
  if (geteuid() != 0) SKIP("only root can become another user");
  Server server;
  Job job(server, "gitea-host", "dash");
  lose_executable_bits(job.action());
  job.within({program("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"});
  fs::permissions(job.temp(), fs::perms::all);
  fs::permissions(job.temp().parent_path(), executable, fs::perm_options::add);
  check_published(job, server);
}

TEST_CASE("on a machine or a system without a binary, the launcher says so") {
  const std::string shell = GENERATE("dash", "bash");  // busybox has its own uname
  const auto [system, machine] =
      GENERATE(std::pair("Linux", "riscv64"), std::pair("Darwin", "arm64"));
  INFO(shell << " on " << system);
  Server server;
  const Job job(server, "gitea-host", shell);
  job.program("uname",
              std::string("[ \"$1\" = -m ] && echo ") + machine + " || echo " + system + "\n");
  check_refusal(job, std::string("::error::there is no gitea-release for ") + system + " on " +
                         machine + " here. " + use_a_release_tag);
}

TEST_CASE("a branch of the action, which has no binary, uses gitea-release from PATH") {
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(shell);
  Server server;
  const Job job(server, "gitea-host", shell);
  fs::remove_all(job.action() / "dist");
  SECTION("which exists") {
    job.program("gitea-release", "exec " GITEA_RELEASE " \"$@\"\n");
    check_published(job, server);
  }
  SECTION("which does not exist, and says so") {
    check_refusal(job, "::error::there is no gitea-release for Linux on " +
                           runner_tests::architecture() + " here. " + use_a_release_tag);
  }
}
