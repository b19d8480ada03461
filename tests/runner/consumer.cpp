// SPDX-License-Identifier: MIT
#include "runner/consumer.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <stdexcept>

#include "runner/action_tree.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"

namespace runner_tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* makefile =
    "TARGET ?= linux-amd64\n"
    "dist:\n"
    "\tmkdir -p dist\n"
    "\techo 'built for $(TARGET)' >dist/app-$(TARGET).tar.gz\n"
    ".PHONY: dist\n";

}  // namespace

Event push_of(const std::string& ref, const std::string& commit) {
  return {"push", fmt::format(R"({{"ref":"{}","after":"{}","deleted":false}})", ref, commit)};
}

Event by_hand(const std::string& tag) {
  return {"workflow_dispatch",
          fmt::format(R"({{"ref":"refs/heads/main","inputs":{{"tag":"{}"}}}})", tag)};
}

Consumer::Consumer(const support::Server& server)
    : path_(std::getenv("PATH")), url_(server.url()), repository_(server.repository()) {
  tool("act");
  action_ = directory_.path() / "action";
  make_action_tree(action_);
  fs::create_directories(report());
  directory_.write("project/Makefile", makefile);
  git({"init", "-q", "--initial-branch=main", "."});
  git({"add", "."});
  commit();
}

void Consumer::file(const std::string& name, const std::string& text) const {
  directory_.write("project/" + name, text);
}

void Consumer::script(const std::string& name, const std::string& text) const {
  fs::permissions(directory_.write("project/" + name, "#!/bin/sh\nset -eu\n" + text),
                  fs::perms::owner_all);
}

void Consumer::program(const std::string& name, const std::string& text) const {
  script("../programs/" + name, text);
}

void Consumer::only(const std::vector<std::string>& programs) {
  const fs::path few = directory_.path() / "few";
  fs::create_directories(few);
  for (const std::string& name : programs)
    fs::create_symlink(runner_tests::program(name), few / name);
  path_ = few.string();
}

void Consumer::commit() const {
  git({"-c", "user.name=demo", "-c", "user.email=demo@example.org", "commit", "-q", "--allow-empty",
       "-m", "A commit"});
}

void Consumer::push_to(const support::Server& server) const {
  const std::string hook =
      directory_.write("origin.git/hooks/post-receive",
                       fmt::format("#!/bin/sh\n"
                                   "while read -r _ _ ref; do\n"
                                   "  curl -fsS -d \"{{\\\"ref\\\":\\\"$ref\\\"}}\" "
                                   "{}/_sandbox/repos/{}/push\n"
                                   "done\n",
                                   server.url(), server.repository()));
  fs::permissions(hook, fs::perms::owner_all);
  git({"init", "-q", "--bare", "../origin.git"});
  git({"remote", "add", "origin", directory_ / "origin.git"});
}

void Consumer::serve(const fs::path& repository) const {
  directory_.write("home/.gitconfig",
                   fmt::format("[url \"{}\"]\n\tinsteadOf = {}/{}\n[safe]\n\tdirectory = *\n",
                               repository.string(), url_, repository_));
}

Consumer::Run Consumer::run(const fs::path& workflow, const Event& event) const {
  std::vector<std::string> command = {tool("act"),
                                      event.name,
                                      "--workflows",
                                      workflow.string(),
                                      "--eventpath",
                                      directory_.write("event.json", event.payload),
                                      "--actor",
                                      "demo",
                                      "--env",
                                      "GITHUB_SERVER_URL=" + url_,
                                      "--env",
                                      "GITHUB_API_URL=" + url_ + "/api/v1",
                                      "--env",
                                      "GITHUB_REPOSITORY=" + repository_,
                                      "--env",
                                      "REPORT=" + report().string(),
                                      "--local-repository",
                                      "OWNER/gitea-release@v1=" + action_.string(),
                                      "--no-cache-server",
                                      "--action-offline-mode"};
  for (const char* label : {"ubuntu-latest", "docker"}) {
    command.insert(command.end(), {"--platform", std::string(label) + "=-self-hosted"});
  }
  for (const auto& [name, value] : variables_) {
    command.insert(command.end(), {"--env", name + "=" + value});
  }
  for (const auto& [name, value] : settings_) {
    command.insert(command.end(), {"--var", name + "=" + value});
  }
  for (const auto& [name, value] : secrets_) {
    command.insert(command.end(), {"--secret", name + "=" + value});
  }
  const std::string path = programs().string() + ":" + path_;
  support::Process act(command, {{"PATH", path}, {"HOME", (directory_ / "home")}}, project(),
                       directory_.path() / "log");
  const support::Ended ended = act.wait();
  return {ended.status, ended.output};
}

void Consumer::git(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"/usr/bin/env", "git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  support::Process process(command, {{"PATH", std::getenv("PATH")}}, project(),
                           directory_.path() / "git.log");
  const support::Ended ended = process.wait();
  if (ended.status != 0) throw std::runtime_error("git: " + ended.output);
}

}  // namespace runner_tests
