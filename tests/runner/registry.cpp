// SPDX-License-Identifier: MIT
#include "runner/registry.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "core/text/text.hpp"
#include "runner/tools.hpp"

namespace runner_tests {
namespace {

constexpr const char* configuration = R"(version: 0.1
storage:
  filesystem:
    rootdirectory: {0}/storage
http:
  addr: 127.0.0.1:0
auth:
  htpasswd:
    realm: test
    path: {0}/users
)";

/// A registry stores passwords as bcrypt hashes: made by the C library's crypt, called from Perl.
std::string bcrypt(const std::string& password) {
  const TempDir directory;
  support::Process perl(
      {program("perl"), "-e", "print crypt($ENV{P}, q($2b$05$abcdefghijklmnopqrstuu))"},
      {{"P", password}}, "/", directory / "log");
  return perl.wait().output;
}

}  // namespace

Registry::Registry(const Docker& docker, const std::string& user, const std::string& password)
    : docker_(docker) {
  const std::string registry = program("docker-registry");
  const std::string settings = directory_.write(
      "settings.yml", fmt::format(fmt::runtime(configuration), directory_.path().string()));
  directory_.write("users", user + ":" + bcrypt(password) + "\n");
  process_ = std::make_unique<support::Process>(
      std::vector<std::string>{registry, "serve", settings}, std::map<std::string, std::string>{},
      directory_.path(), directory_.path() / "log");
  const std::string listening = "listening on ";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (host_.empty()) {
    const std::string log = process_->output();
    const auto at = log.find(listening);
    if (at != std::string::npos && log.find('"', at) != std::string::npos) {
      host_ = log.substr(at + listening.size(), log.find('"', at) - at - listening.size());
    } else if (std::chrono::steady_clock::now() > end) {
      throw std::runtime_error("docker-registry does not listen: " + log);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const support::Ended login = ask({"login", "--username", user, "--password", password, host_});
  if (login.status != 0) throw std::runtime_error("docker login: " + login.output);
}

Registry::~Registry() {
  const auto images = ask({"images", "--format", "{{.Repository}}:{{.Tag}}"}).output;
  for (const std::string& image : core::lines(images)) {
    if (image.starts_with(host_ + "/")) ask({"rmi", "--force", image});
  }
}

bool Registry::has(const std::string& image) const {
  ask({"rmi", "--force", image});
  return ask({"pull", "--quiet", image}).status == 0;
}

std::string Registry::run(const std::string& image) const {
  return has(image) ? ask({"run", "--rm", "--network=none", image}).output : "";
}

std::string Registry::version_label(const std::string& image) const {
  const char* label = "{{index .Config.Labels \"org.opencontainers.image.version\"}}";
  return has(image) ? ask({"inspect", "--format", label, image}).output : "";
}

support::Ended Registry::ask(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"--config", directory_ / "config"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return docker_.ask(command);
}

}  // namespace runner_tests
