// SPDX-License-Identifier: MIT
// Images in which jobs run, and the action's own image. Only if a Docker engine is available; it
// must have the base images already (debian:bookworm-slim …): nothing is pulled.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "runner/action_tree.hpp"
#include "runner/bare_job.hpp"
#include "runner/docker.hpp"
#include "runner/tools.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::architecture;
using runner_tests::BareJob;
using runner_tests::Docker;
using support::Server;

const fs::path source = GITEA_RELEASE_SOURCE;

/// Publishes in a container of `image`, with the action in /action, through its launcher.
void check_launcher(Docker& docker, const std::string& image) {
  Server server;
  const BareJob job(server);
  auto command = docker.run(image, job.root() / "job", job.variables("localhost"));
  command.insert(command.end(), {"sh", "/action/bin/run", "publish"});
  job.check_publishes(command, Docker::environment());
}

/// The same in Debian's `debian:RELEASE-slim`, without certificates, curl or git.
void check_debian(const std::string& release) {
  Docker docker;
  const std::string base = "debian:" + release + "-slim";
  docker.needs(base);
  const TempDir context;
  runner_tests::make_action_tree(context.path() / "action",
                                 runner_tests::static_binary(architecture()));
  context.write("Dockerfile", "FROM " + base + "\nCOPY action /action\n");
  check_launcher(docker, docker.build(context.path().string()));
}

/// The names under `inputs:` of an action.yml.
std::set<std::string> inputs_of(const fs::path& action) {
  std::set<std::string> names;
  bool inputs = false;
  for (const std::string& line : core::lines(support::read_file(action))) {
    const auto indent = line.find_first_not_of(' ');
    if (indent == 0) inputs = line == "inputs:";
    if (inputs && indent == 2 && line.ends_with(':')) names.insert(line.substr(2, line.size() - 3));
  }
  return names;
}

/// Old runners also export every input of a container action under its bare name.
runner_tests::Variables with_bare_names(runner_tests::Variables variables) {
  for (const std::string& name : inputs_of(source / "action.yml")) {
    std::string upper = name;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    variables[name] = variables["INPUT_" + upper];
  }
  return variables;
}

}  // namespace

TEST_CASE("the legacy builder builds the action's image, which prints its help and publishes",
          "[docker]") {
  Docker docker;
  docker.needs("debian:bookworm-slim");
  const TempDir context;
  runner_tests::make_action_tree(context.path() / "action",
                                 runner_tests::static_binary(architecture()));
  docker.build(context / "action", "build");  // with a name, so that it is removed afterwards
  const std::string image = docker.build(context / "action");
  const support::Ended help = docker.ask({"run", "--rm", image, "--help"});
  CHECK(help.status == 0);
  CHECK(help.output.find("--fail-on-unmatched-files") != std::string::npos);
  Server server;
  const BareJob job(server);
  auto command = docker.run(image, job.root() / "job", with_bare_names(job.variables("localhost")));
  command.emplace_back("publish");
  job.check_publishes(command, Docker::environment());
}

TEST_CASE("the static binary publishes in an image that contains nothing else", "[docker]") {
  Docker docker;
  const TempDir context;
  fs::copy(runner_tests::static_binary(architecture()), context / "gitea-release");
  context.write("Dockerfile",
                "FROM scratch\nCOPY gitea-release /\nENTRYPOINT [\"/gitea-release\"]\n");
  Server server;
  const BareJob job(server);
  const std::string image = docker.build(context.path().string());
  job.check_publishes(docker.run(image, job.root() / "job", job.variables("localhost")),
                      Docker::environment());
}

TEST_CASE("the launcher publishes in an image with busybox only", "[docker]") {
  Docker docker;
  const TempDir context;
  fs::copy(runner_tests::program("busybox"), context / "busybox");
  runner_tests::make_action_tree(context.path() / "action",
                                 runner_tests::static_binary(architecture()));
  context.write("Dockerfile",
                "FROM scratch\nCOPY busybox /bin/busybox\n"
                "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nCOPY action /action\n");
  check_launcher(docker, docker.build(context.path().string()));
}

TEST_CASE("the launcher publishes in Debian 11", "[docker]") { check_debian("bullseye"); }
TEST_CASE("the launcher publishes in Debian 12", "[docker]") { check_debian("bookworm"); }
TEST_CASE("the launcher publishes in Debian 13", "[docker]") { check_debian("trixie"); }

TEST_CASE("the container action is built from the root's Dockerfile and takes the same inputs") {
  const fs::path action = source / "container/action.yml";
  if (!fs::exists(action)) SKIP("there is no container/action.yml");
  const std::string text = support::read_file(action);
  const std::string key = "\n  image: ";
  const auto start = text.find(key) + key.size();
  const fs::path image = text.substr(start, text.find('\n', start) - start);
  CHECK(fs::weakly_canonical(action.parent_path() / image) == source / "Dockerfile");
  CHECK(text.find("using: docker") != std::string::npos);
  std::set<std::string> inputs = inputs_of(action);
  inputs.erase("job_token");  // a container action can only get it through an input
  CHECK(inputs == inputs_of(source / "action.yml"));
}
