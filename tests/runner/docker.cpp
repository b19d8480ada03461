// SPDX-License-Identifier: MIT
#include "runner/docker.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <stdexcept>

#include "runner/tools.hpp"

namespace runner_tests {

Docker::Docker() : docker_(program("docker")) {
  const support::Ended info = ask({"info"});
  if (info.status != 0) SKIP("no Docker engine answers (dockerd is not started by tests)");
}

Docker::~Docker() {
  for (const std::string& image : built_) ask({"rmi", "--force", image});
}

void Docker::needs(const std::string& image) const {
  if (ask({"image", "inspect", image}).status != 0) {
    SKIP("the engine has no image " << image << " (for example: debootstrap, docker import)");
  }
}

std::string Docker::build(const std::string& context, const std::string& stage) {
  // The directory's name is random.
  std::string name = "gitea-release-test:" + logs_.path().filename().string() + "-" +
                     std::to_string(built_.size());
  const support::Ended ended =
      ask({"build", "--network=host", "--target=" + stage, "--tag", name, context});
  if (ended.status != 0) throw std::runtime_error("docker build: " + ended.output);
  built_.push_back(name);
  return name;
}

std::vector<std::string> Docker::run(const std::string& image, const std::string& job,
                                     const std::map<std::string, std::string>& variables) const {
  std::vector<std::string> command = {docker_, "run", "--rm", "--network=host",
                                      "--volume=" + job + ":/job"};
  for (const auto& [name, value] : variables) command.push_back("--env=" + name + "=" + value);
  command.push_back(image);
  return command;
}

support::Ended Docker::ask(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {docker_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  support::Process process(command, environment(), "/", logs_ / "log");
  return process.wait();
}

std::map<std::string, std::string> Docker::environment() {
  std::map<std::string, std::string> result = {{"DOCKER_BUILDKIT", "0"}};
  for (const char* name : {"PATH", "HOME", "DOCKER_HOST"}) {
    if (const char* value = std::getenv(name)) result[name] = value;
  }
  return result;
}

}  // namespace runner_tests
