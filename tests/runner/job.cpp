// SPDX-License-Identifier: MIT
#include "runner/job.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "core/text/text.hpp"
#include "runner/action_tree.hpp"
#include "runner/log_rules.hpp"
#include "runner/tools.hpp"
#include "support/golden.hpp"
#include "support/outputs.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"

namespace runner_tests {
namespace {

namespace fs = std::filesystem;

/// A PATH with the programs that the launcher requires: busybox's applets if `sh` is busybox.
void make_programs(const fs::path& directory, const std::string& shell) {
  fs::create_directories(directory);
  fs::create_symlink(program(shell), directory / "sh");
  for (const char* name : {"uname", "chmod", "cp", "mktemp", "rm"}) {
    fs::create_symlink(program(shell == "busybox" ? shell : name), directory / name);
  }
}

}  // namespace

Job::Job(support::Server& server, const std::string& runner, const std::string& shell,
         const std::string& tag)
    : server_(&server),
      runner_(fs::path(GITEA_RELEASE_SOURCE) / "tests/data/runner" / (runner + ".env")),
      tag_(tag),
      action_(directory_.path() / "act/actions/gitea-release") {
  server.needs_sandbox();
  server.push_tag(tag);
  token_ = server.job_token();
  make_programs(directory_.path() / "programs", shell);
  make_action_tree(action_);
  for (const fs::path& one : {workspace(), commands(), temp(), directory_.path() / "home"}) {
    fs::create_directories(one);
  }
}

void Job::move_action(const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::rename(action_, to);
  action_ = to;
}

void Job::file(const std::string& name, const std::string& content) const {
  directory_.write("workspace/" + name, content);
}

Job& Job::input(const std::string& name, const std::string& value) {
  inputs_[name] = value;
  return *this;
}

void Job::program(const std::string& name, const std::string& script) const {
  fs::remove(directory_.path() / "programs" / name);
  const fs::path path = directory_.write("programs/" + name, "#!/bin/sh\n" + script);
  fs::permissions(path, fs::perms::owner_all);
}

Variables Job::variables() const {
  const std::string& repository = server_->repository();
  const Variables places = {{"{server}", server_->url()},
                            {"{repository}", repository},
                            {"{owner}", repository.substr(0, repository.find('/'))},
                            {"{tag}", tag_},
                            {"{commit}", server_->commit()},
                            {"{token}", token_},
                            {"{action}", action_.string()},
                            {"{workspace}", workspace().string()},
                            {"{commands}", commands().string()},
                            {"{temp}", temp().string()},
                            {"{home}", directory_ / "home"},
                            {"{path}", directory_ / "programs"}};
  Variables result;
  for (std::string line : core::lines(support::read_file(runner_))) {
    if (line.starts_with('#')) continue;
    for (const auto& [place, value] : places) line = support::replaced(line, place, value);
    result[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
  }
  return result;
}

Job::Ended Job::run() const {
  Variables environment = variables();
  const CompositeStep step = composite_step(action_ / "action.yml", inputs_,
                                            {{"token", token_}, {"action_path", action_.string()}});
  environment.insert(step.environment.begin(), step.environment.end());
  const std::string script = directory_.write("act/workflow/1-composite-run.sh", step.script);
  const fs::path outputs = environment.at("GITHUB_OUTPUT");
  for (const fs::path& file : {outputs, fs::path(environment.at("GITHUB_STEP_SUMMARY"))}) {
    const std::ofstream emptied(file);
    fs::permissions(file, fs::perms(0666));
  }
  std::vector<std::string> command = within_;
  command.insert(command.end(), {directory_ / "programs/sh", "-e", script});
  support::Process process(command, environment, workspace(), directory_.path() / "log",
                           directory_.path() / "errors");
  Ended ended;
  const support::Ended result = process.wait();
  ended.status = result.status;
  ended.log = result.output;
  ended.errors = support::read_file(directory_.path() / "errors");
  INFO(ended.log << ended.errors);
  CHECK(breaches(ended.log).empty());
  CHECK(ended.errors.empty());
  ended.outputs = support::parse_outputs(support::read_file(outputs));
  return ended;
}

}  // namespace runner_tests
