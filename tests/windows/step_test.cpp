// SPDX-License-Identifier: MIT
// The step of the action on a Windows runner, started by wine's cmd as the runner starts cmd: the lines of `run:` below
// "@echo off" in a file of the job.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "runner/composite_step.hpp"
#include "runner/log_rules.hpp"
#include "support/golden.hpp"
#include "support/outputs.hpp"
#include "support/process.hpp"
#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::composite_step;
using runner_tests::Variables;
using support::Server;

const fs::path source = GITEA_RELEASE_SOURCE;
const std::string binary = "dist/gitea-release-windows-amd64.exe";

/// Wine's drive Z: is the root directory.
std::string on_windows(const fs::path& path) {
  return "Z:" + support::replaced(path.string(), "/", "\\");
}

class WindowsJob {
 public:
  /// `action`: the name of the folder that has the action.
  explicit WindowsJob(const std::string& action = "act")
      : program_(support::program_under_test()), action_(directory_.path() / action) {
    fs::create_directories(action_ / "dist");
    fs::create_directories(workspace());
    fs::copy(source / "bin", action_ / "bin");
    fs::copy(source / "action.yml", action_ / "action.yml");
    for (const char* command : {"version", "notes"}) {
      fs::copy(source / command, action_ / command);
    }
    fs::copy(source / binary, action_ / binary);
  }

  fs::path workspace() const { return directory_.path() / "workspace"; }
  const fs::path& action() const { return action_; }
  void file(const std::string& name, const std::string& text) const {
    directory_.write("workspace/" + name, text);
  }

  struct Ended {
    int status = -1;
    std::string log;
    Variables outputs;
  };

  /// Runs the lines in a file of the job, as `shell: cmd` does.
  support::Ended run_lines(const std::string& lines, Variables environment) const {
    const std::string script = directory_.write("t/workflow/1.cmd", "@echo off\n" + lines + "\n");
    environment["GITEA_RELEASE_EXE"] = "cmd";
    environment["HOME"] = directory_.path();
    support::Process process({program_, "/D", "/E:ON", "/V:OFF", "/S", "/C", on_windows(script)},
                             environment, workspace(), directory_.path() / "log");
    return process.wait();
  }

  /// The step of the action in `folder`: "." or "version".
  Ended run_step(const Server& server, const std::string& folder, const Variables& inputs,
                 const Variables& more = {}) const {
    const fs::path place = folder == "." ? action_ : action_ / folder;
    const std::string output = directory_.write("t/output.txt", "");
    const std::string summary = directory_.write("t/summary.md", "");
    Variables environment = {{"GITHUB_ACTIONS", "true"},
                             {"GITHUB_ACTION_PATH", on_windows(place)},
                             {"GITHUB_EVENT_NAME", "push"},
                             {"GITHUB_REF", "refs/tags/v1.0.0"},
                             {"GITHUB_REF_NAME", "v1.0.0"},
                             {"GITHUB_REF_TYPE", "tag"},
                             {"GITHUB_REPOSITORY", server.repository()},
                             {"GITHUB_SERVER_URL", server.url()},
                             {"GITHUB_WORKSPACE", on_windows(workspace())},
                             {"GITHUB_OUTPUT", on_windows(output)},
                             {"GITHUB_STEP_SUMMARY", on_windows(summary)},
                             {"RUNNER_OS", "windows"}};
    const auto step =
        composite_step(place / "action.yml", inputs,
                       {{"token", server.token()}, {"action_path", on_windows(place)}}, "windows");
    environment.insert(step.environment.begin(), step.environment.end());
    for (const auto& [name, value] : more) environment[name] = value;
    if (environment["GITHUB_ACTION_PATH"].empty()) environment.erase("GITHUB_ACTION_PATH");
    const auto ended = run_lines(step.script, environment);
    INFO(ended.output);
    CHECK(runner_tests::breaches(support::replaced(ended.output, "\r\n", "\n")).empty());
    return {ended.status, ended.output, support::parse_outputs(support::read_file(output))};
  }

 private:
  TempDir directory_;
  std::string program_;
  fs::path action_;
};

}  // namespace

TEST_CASE("the step publishes a release and the next step gets its outputs") {
  const std::string name = GENERATE("act", "a b (x) & y ^ 'q'", "gr\u00fc\u00df \u65e5");
  INFO(name);
  Server server;
  server.create_tag("v1.0.0");
  const WindowsJob job(name);
  job.file("dist/a.txt", "a\r\n");
  job.file("dist/gr\u00fc\u00df.txt", "b");
  const std::string body = "100% \"quoted\" & <more> ^ !x! %PATH%\n\ngr\u00fc\u00df \u65e5";
  const auto ended = job.run_step(server, ".", {{"files", "dist/*"}, {"body", body}});
  INFO(ended.log);
  REQUIRE(ended.status == 0);
  const auto release = server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == std::vector<std::string>{"a.txt", "gr\u00fc\u00df.txt"});
  CHECK(server.download("v1.0.0", "a.txt").body == "a\r\n");
  CHECK(ended.outputs.at("body") == body);
  CHECK(ended.outputs.at("id") == std::to_string(release.id));

  const auto next =
      job.run_lines("echo release %ID% of %TAG%\n",
                    {{"ID", ended.outputs.at("id")}, {"TAG", ended.outputs.at("tag_name")}});
  CHECK(next.output == "release " + std::to_string(release.id) + " of v1.0.0\r\n");
}

TEST_CASE("a step of another action has its outputs and its status too") {
  Server server;
  const WindowsJob job;
  auto ended = job.run_step(server, "version", {});
  INFO(ended.log);
  CHECK(ended.status == 0);
  CHECK(ended.outputs.at("version") == "1.0.0");
  ended = job.run_step(server, "version", {{"tag_name", "no version"}});
  CHECK(ended.status == 2);
}

TEST_CASE("the step finds the action by its slashes and without GITHUB_ACTION_PATH") {
  Server server;
  const WindowsJob job;
  const std::string place = "Z:" + (job.action() / "version").string();
  CHECK(job.run_step(server, "version", {}, {{"GITHUB_ACTION_PATH", place + "/"}}).status == 0);
  CHECK(job.run_step(server, "version", {}, {{"GITHUB_ACTION_PATH", ""}}).status == 0);
}

TEST_CASE("without its binary the action uses that of PATH and never that of the checkout") {
  Server server;
  const WindowsJob job;
  fs::rename(job.action() / binary, job.action() / "gitea-release.exe");
  fs::copy(job.action() / "gitea-release.exe", job.workspace() / "gitea-release.exe");
  const auto refused = job.run_step(server, "version", {});
  CHECK(refused.status == 2);
  CHECK(refused.log.starts_with("::error::there is no gitea-release for Windows here. "));
  const auto ended = job.run_step(server, "version", {}, {{"WINEPATH", on_windows(job.action())}});
  INFO(ended.log);
  CHECK(ended.status == 0);
  CHECK(ended.outputs.at("version") == "1.0.0");
}
