// SPDX-License-Identifier: MIT
#include "support/workspace.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "support/outputs.hpp"
#include "support/secrets.hpp"
#include "support/under_test.hpp"

namespace support {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Workspace::Workspace(const Server& server, const std::string& tag) : server_(server) {
  fs::create_directories(path());
  environment_ = {
      {"HOME", directory_.path().string()},
      {"PATH", "/usr/bin:/bin"},
      {"CI", "true"},
      {"GITHUB_ACTIONS", "true"},
      {"GITHUB_EVENT_NAME", "push"},
      {"GITHUB_REF", "refs/tags/" + tag},
      {"GITHUB_REF_NAME", tag},
      {"GITHUB_REF_TYPE", "tag"},
      {"GITHUB_REPOSITORY", server.repository()},
      {"GITHUB_SERVER_URL", server.url()},
      {"GITHUB_API_URL", server.url() + "/api/v1"},
      {"GITHUB_WORKSPACE", path().string()},
      {"GITHUB_OUTPUT", (directory_.path() / "output").string()},
      {"GITHUB_STEP_SUMMARY", (directory_.path() / "summary").string()},
      {"INPUT_TOKEN", server.token()},
      {"GITEA_RELEASE_BACKOFF_MS", "1"},
  };
}

Workspace& Workspace::file(const std::string& name, const std::string& content) {
  fs::create_directories((path() / name).parent_path());
  std::ofstream(path() / name, std::ios::binary) << content;
  return *this;
}

void Workspace::sparse_file(const std::string& name, std::uint64_t size) {
  file(name, "");
  fs::resize_file(path() / name, size);
}

Workspace& Workspace::input(const std::string& name, const std::string& value) {
  std::string upper = name;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable("INPUT_" + upper, value);
}

Workspace& Workspace::variable(const std::string& name, const std::string& value) {
  environment_[name] = value;
  return *this;
}

Workspace& Workspace::without(const std::string& name) {
  environment_.erase(name);
  return *this;
}

Workspace& Workspace::within(const std::vector<std::string>& command) {
  within_ = command;
  return *this;
}

Workspace& Workspace::on_branch() {
  variable("GITHUB_EVENT_NAME", "workflow_dispatch");
  variable("GITHUB_REF", "refs/heads/main");
  variable("GITHUB_REF_NAME", "main");
  return variable("GITHUB_REF_TYPE", "branch");
}

std::unique_ptr<Process> Workspace::start(const std::vector<std::string>& arguments) {
  for (const char* name : {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
    const std::ofstream emptied(environment_.at(name));
  }
  std::vector<std::string> command = within_;
  command.emplace_back(GITEA_RELEASE);
  command.insert(command.end(), arguments.begin(), arguments.end());
  return std::make_unique<Process>(command, environment_, path(), directory_.path() / "log");
}

Run Workspace::result_of(Process& process) const {
  const Ended ended = process.wait();
  Run run;
  run.status = ended.status;
  run.log = ended.output;
  run.peak_kib = ended.peak_kib;
  const std::string outputs = as_on_this_system(read_file(environment_.at("GITHUB_OUTPUT")));
  run.outputs = parse_outputs(outputs);
  run.summary = as_on_this_system(read_file(environment_.at("GITHUB_STEP_SUMMARY")));
  auto secrets = secrets_in(environment_);
  secrets.push_back(server_.token());
  check_no_secret(run.log, "THE LOG", secrets);
  check_no_secret(outputs, "THE OUTPUTS", secrets);
  check_no_secret(run.summary, "THE SUMMARY", secrets);
  server_.check_no_leaks();
  return run;
}

Run Workspace::publish(const std::vector<std::string>& arguments) {
  const auto process = start(arguments);
  return result_of(*process);
}

}  // namespace support
