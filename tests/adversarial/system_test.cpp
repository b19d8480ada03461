// SPDX-License-Identifier: MIT
// A hostile system: closed descriptors, exhausted limits, directories that no longer exist. Each
// gives a message with a remedy, and the outputs are written in any case.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "adversarial/attack.hpp"
#include "adversarial/inert.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::Attack;
using adversarial::check_harmless;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

/// The program is started by a shell that executes this first.
std::vector<std::string> shell(const std::string& before, const std::string& redirections = {}) {
  return {"/bin/sh", "-c", before + "exec \"$0\" \"$@\" " + redirections};
}

void check_published(Attack& attack, const Run& run) {
  INFO(run.log);
  CHECK(run.outputs.at("id") == std::to_string(attack.server.release("v1.0.0").id));
  CHECK_FALSE(attack.server.release("v1.0.0").draft);
  CHECK(attack.server.download("v1.0.0", "a.txt").body == "a");
}

/// The run ends with an error that says what to do, and writes empty outputs.
void check_told(const Run& run, const Server& server, const std::string& part) {
  check_harmless(run, server);
  INFO(run.log);
  CHECK(run.log.find("::error::") != std::string::npos);
  CHECK(run.log.find(part) != std::string::npos);
  CHECK(run.log.find("unexpected") == std::string::npos);
  CHECK(run.log.find("report this") == std::string::npos);
  REQUIRE(run.outputs.contains("id"));
  CHECK(run.outputs.at("id").empty());
  CHECK(run.outputs.at("assets").empty());
}

/// Another user, without root's permissions; that user may write the files that a run leaves
/// behind.
std::vector<std::string> as_user(const Workspace& job, const std::string& id) {
  if (geteuid() != 0) SKIP("only root can become another user");
  const fs::path directory = job.path().parent_path();
  fs::permissions(directory, fs::perms::all);
  for (const char* name : {"output", "summary"}) {
    const std::ofstream made(directory / name);
    fs::permissions(directory / name, fs::perms::all);
  }
  return {"/usr/bin/setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"};
}

}  // namespace

TEST_CASE("a socket never gets the number of a closed standard descriptor") {
  const std::string closed = GENERATE("<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-");
  INFO(closed);
  Attack attack;
  attack.job.within(shell("", closed));
  const Run run = attack.job.publish();
  CHECK(run.status == 0);
  CHECK(run.log.empty() == (closed.starts_with(">&-") || closed.find(" >&-") != std::string::npos));
  check_published(attack, run);
}

TEST_CASE("with a closed standard output an error shows in the status, and the outputs are empty") {
  Attack attack;
  attack.job.within(shell("", ">&-")).input("draft", "perhaps");
  const Run run = attack.job.publish();
  CHECK(run.status == 2);
  CHECK(run.outputs.at("id").empty());
}

TEST_CASE("a log without a reader ends no run: the release is published, with its outputs") {
  Attack attack;
  const std::string pipe = (attack.job.path().parent_path() / "pipe").string();
  attack.job.within(
      shell("mkfifo " + pipe + "; exec 3<>" + pipe + " 4>" + pipe + " 3<&-; ", ">&4 4>&-"));
  const Run run = attack.job.publish();
  CHECK(run.status == 1);  // the text for standard output is lost
  check_published(attack, run);
}

TEST_CASE("invalid arguments leave the outputs empty, and all mistakes are reported") {
  Attack attack;
  check_told(attack.job.publish({"--tagname=v1"}), attack.server, "Did you mean '--tag-name'?");
  check_told(attack.job.publish({"publish", "--token=x"}), attack.server,
             "--token cannot be an option");
  check_told(attack.job.publish({"--token-file", "absent"}), attack.server, "absent");
  attack.job.variable("GITHUB_OUTPUT", "/nowhere/output");
  const Run run = attack.job.publish({"--tagname=v1"});
  CHECK(run.status == 2);
  CHECK(run.log.find("Did you mean '--tag-name'?") != std::string::npos);
  CHECK(run.log.find("/nowhere/output") != std::string::npos);
  CHECK(attack.job.publish({"--version"}).status == 0);
}

TEST_CASE("a link that leads to itself is reported as such") {
  Attack attack;
  fs::create_symlink("RELEASE_NOTES.md", attack.job.path() / "RELEASE_NOTES.md");
  const Run run = attack.job.publish();
  CHECK(run.status == 2);
  check_told(run, attack.server, "RELEASE_NOTES.md");
}

TEST_CASE("a workspace that the job's user may not read is reported as such") {
  Attack attack;
  attack.job.within(as_user(attack.job, "65534"));
  fs::permissions(attack.job.path(), fs::perms::none);
  const Run run = attack.job.publish();
  CHECK(run.status == 2);
  check_told(run, attack.server, attack.job.path().string());
}

TEST_CASE("a current directory that no longer exists is reported as such") {
  Attack attack;
  attack.job.within(shell("mkdir gone; cd gone; rmdir ../gone; "));
  const Run run = attack.job.publish();
  check_published(attack, run);  // the job has a workspace, and does not need the current directory
  attack.job.without("GITHUB_WORKSPACE");
  const Run without = attack.job.publish();
  CHECK(without.status == 2);
  check_told(without, attack.server, "the current directory cannot be found");
}

TEST_CASE("paths that are too long are reported as such") {
  Attack attack;
  for (const char* input :
       {"working_directory", "body_path", "changelog_path", "config", "ca_cert"}) {
    for (const std::size_t length : {300U, 5000U}) {
      INFO(input << " of " << length);
      Workspace job(attack.server, "v1.0.0");
      job.file("a.txt", "a").input("files", "a.txt").input("retries", "0");
      check_told(job.input(input, std::string(length, 'x')).publish(), attack.server, "xxx");
    }
  }
  attack.job.variable("GITHUB_WORKSPACE", "/" + std::string(300, 'x'));
  check_told(attack.job.publish(), attack.server, "xxx");
}

TEST_CASE("too few file descriptors are reported before the first request") {
  Attack attack;
  attack.job.within(shell("ulimit -n 10; "));
  attack.server.forget_requests();
  check_told(attack.job.publish(), attack.server, "Raise the limit of open files");
  CHECK(attack.server.requests().empty());
  attack.job.within(shell("ulimit -n 22; ")).input("jobs", "8");
  check_told(attack.job.publish(), attack.server, "'jobs: 8' needs");
  CHECK(attack.server.requests().empty());
  attack.job.input("jobs", "");
  const Run run = attack.job.publish();
  CHECK(run.status == 0);
  check_published(attack, run);
  // A limit that the user may raise is raised.
  attack.job.within(shell("ulimit -S -n 8; ")).input("jobs", "8");
  CHECK(attack.job.publish().status == 0);
}

TEST_CASE("threads that cannot be started are reported, and the outputs so far are written") {
  if (support::sanitized) SKIP("sanitizers have threads of their own");
  Attack attack;
  const auto user = as_user(attack.job, "54321");
  const auto publish_with = [&](const std::string& threads) {
    auto command = user;
    command.insert(command.end(), {"/usr/bin/prlimit", "--nproc=" + threads});
    return attack.job.within(command).publish();
  };
  check_told(publish_with("1"), attack.server, "threads");
  const Run run = publish_with("3");  // no thread is left for uploads
  check_harmless(run, attack.server);
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("::endgroup::\n::error::this job cannot start as many threads as it needs") !=
        std::string::npos);
  CHECK(run.outputs.at("id") == std::to_string(attack.server.release("v1.0.0").id));
  CHECK(run.outputs.at("draft") == "true");
}

TEST_CASE("exhausted memory is reported as such, wherever it happens") {
  if (support::sanitized) SKIP("sanitizers need more memory than there is");
  Attack attack;
  attack.job.file("NOTES.md", std::string(3'000'000, 'x')).input("body_path", "NOTES.md");
  attack.job.input("dry_run", "true");
  int told = 0;
  for (int mebibytes = 18; mebibytes < 60; mebibytes += 3) {
    INFO(mebibytes);
    attack.job.within(shell("ulimit -v " + std::to_string(mebibytes * 1024) + "; "));
    const Run run = attack.job.publish();
    INFO(run.log);
    if (run.status == 127) continue;  // the dynamic loader had too few
    CHECK(run.status <= 2);
    CHECK(run.log.find("report this") == std::string::npos);
    CHECK((run.status == 0 || run.outputs.contains("id")));
    if (run.log.find("::error::there is not enough memory. Give the job more") !=
        std::string::npos) {
      ++told;
    }
  }
  CHECK(told > 0);
}

TEST_CASE("the program does not wait for an event file that never ends") {
  Attack attack;
  const std::string pipe = (attack.job.path().parent_path() / "event").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  attack.job.variable("GITHUB_EVENT_NAME", "release");
  for (const std::string& file : {pipe, std::string("/dev/zero"), std::string("/")}) {
    const Run run = attack.job.variable("GITHUB_EVENT_PATH", file).publish();
    CHECK(run.status == 0);
    check_published(attack, run);
  }
}

TEST_CASE("an unwritable summary is a warning that says what to do") {
  Attack attack;
  attack.job.variable("GITHUB_STEP_SUMMARY", attack.job.path().string());
  const support::Ended ended = attack.job.start()->wait();
  CHECK(ended.status == 0);
  CHECK_FALSE(attack.server.release("v1.0.0").draft);
  CHECK(ended.output.find("::warning::the job's summary cannot be written to " +
                          attack.job.path().string() + " (Is a directory). Name a file instead.") !=
        std::string::npos);
}
