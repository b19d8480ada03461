// SPDX-License-Identifier: MIT
// docker.yml, unchanged, run by act: which tags an image gets and what follows its push, with a
// `docker` of the test that records its arguments; and, if an engine is available, with that and a
// registry.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "runner/docker.hpp"
#include "runner/project.hpp"
#include "runner/registry.hpp"
#include "runner/tools.hpp"
#include "support/golden.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using runner_tests::Docker;
using runner_tests::examples;
using runner_tests::Project;
using runner_tests::Registry;

constexpr const char* notes_it_all = R"(printf '%s\n' "$*" >>"$REPORT/docker"
[ "$1" != login ] || cat >"$REPORT/password"
[ "$1" != login ] || [ ! -e "$REPORT/no-login" ]
)";

/// A project with an image, whose package appears on the server when it is pushed.
struct Service : Project {
  Service() {
    consumer.variable("GITEA_RELEASE_BACKOFF_MS", "1");
    consumer.secret("DEPLOY_TOKEN", server.token());
    name = server.repository().substr(server.repository().find('/') + 1);
    server.add_package(name);
  }

  void publish(const std::string& tag) {
    server.create_release(fmt::format(R"({{"tag_name":"{}","target_commitish":"main"}})", tag));
  }
  /// A webhook with this response; its address becomes the secret.
  void webhook(int status) {
    server.fault(fmt::format(
        R"({{"path":"/hooks/","times":-1,"kind":"garbage","status":{},"body":""}})", status));
    consumer.secret("DOCKER_REDEPLOY_WEBHOOK_URL", server.url() + "/hooks/1f8b0c7a");
  }
  bool calls_webhook() {
    const auto requests = server.requests();
    return std::any_of(requests.begin(), requests.end(), [](const support::Logged& asked) {
      return asked.method == "POST" && asked.path == "/hooks/1f8b0c7a";
    });
  }
  /// The repository that the package is linked to.
  std::string linked() {
    const auto list = server.connect()->get("/api/v1/packages/demo?type=container&q=" + name);
    return list.json().elements().at(0).object("repository").string("full_name");
  }

  std::string name;  ///< of the repository, and of the package
};

struct Noted : Service {
  Noted() { consumer.program("docker", notes_it_all); }

  /// The arguments of docker after the push of `tag`.
  Names commands(const std::string& tag, const fs::path& workflow = examples / "docker.yml") {
    fs::remove(consumer.report() / "docker");
    log = push_tag(workflow, tag);
    return core::lines(support::read_file(consumer.report() / "docker"));
  }
  /// All of them, if everything works.
  Names expected(const std::string& image, const std::string& version, const Names& tags) const {
    std::string build = fmt::format(
        "build --build-arg APP_VERSION={0} --label org.opencontainers.image.version={0}", version);
    for (const std::string& tag : tags) build += fmt::format(" --tag {}:{}", image, tag);
    Names result = {"login --username demo --password-stdin " + image.substr(0, image.find('/')),
                    build + " ."};
    for (const std::string& tag : tags) result.push_back(fmt::format("push {}:{}", image, tag));
    return result;
  }
  std::string image() const {
    return server.url().substr(server.url().find("//") + 2) + "/" + server.repository();
  }

  std::string log;
};

/// docker.yml with a registry on another host than the server.
std::string with_registry(const std::string& url, const TempDir& directory) {
  const std::string text = support::read_file(examples / "docker.yml");
  const std::string server = "${{ github.server_url }}";
  REQUIRE(text.find(server) != std::string::npos);
  return directory.write("docker.yml", support::replaced(text, server, url));
}

}  // namespace

TEST_CASE("docker.yml: a stable version is built, pushed with three tags, deployed and linked") {
  Noted service;
  service.webhook(204);
  CHECK(service.commands("v1.2.0") ==
        service.expected(service.image(), "1.2.0", {"v1.2.0", "1.2.0", "latest"}));
  CHECK(support::read_file(service.consumer.report() / "password") == service.server.token());
  CHECK(service.calls_webhook());
  CHECK(service.linked() == service.server.repository());
  CHECK(service.log.find("1f8b0c7a") == std::string::npos);
}

TEST_CASE("docker.yml: a prerelease and a back-port are not the latest, the next version is") {
  Noted service;
  CHECK(service.commands("v2.0.0-rc.1") ==
        service.expected(service.image(), "2.0.0-rc.1", {"v2.0.0-rc.1", "2.0.0-rc.1"}));
  service.publish("v2.0.0");
  CHECK(service.commands("v1.0.9") ==
        service.expected(service.image(), "1.0.9", {"v1.0.9", "1.0.9"}));
  CHECK(service.commands("v2.0.1") ==
        service.expected(service.image(), "2.0.1", {"v2.0.1", "2.0.1", "latest"}));
}

TEST_CASE("docker.yml: without a login the image is built, and no other step runs or fails") {
  Noted service;
  service.webhook(204);
  std::ofstream(service.consumer.report() / "no-login") << "x";
  Names built = service.expected(service.image(), "1.2.0", {"v1.2.0", "1.2.0", "latest"});
  built.resize(2);
  CHECK(service.commands("v1.2.0") == built);
  CHECK_FALSE(service.calls_webhook());
  CHECK(service.linked().empty());
  CHECK(service.log.find("::warning::there is no login at ") != std::string::npos);
}

TEST_CASE("docker.yml: a failing webhook or package link does not fail the run") {
  Noted service;
  service.webhook(500);
  service.consumer.secret("DEPLOY_TOKEN", service.server.job_token());  // may not link
  CHECK(service.commands("v1.2.0").size() == 5);
  CHECK(service.calls_webhook());
  CHECK(service.linked().empty());
  INFO(service.log);
  CHECK(service.log.find("::warning::the image was not deployed: the webhook") !=
        std::string::npos);
}

TEST_CASE(
    "docker.yml: the image name uses the server's host in lower case, without scheme and path") {
  Noted service;
  const TempDir directory;
  CHECK(service.commands("v1.2.0", with_registry("https://GIT.example.org:3000/git", directory)) ==
        service.expected("git.example.org:3000/" + service.server.repository(), "1.2.0",
                         {"v1.2.0", "1.2.0", "latest"}));
}

TEST_CASE("docker.yml: with a real engine and registry, the registry has the expected tags",
          "[docker]") {
  const Docker docker;
  Service service;
  const Registry registry(docker, "demo", service.server.token());
  const std::string image = registry.host() + "/" + service.server.repository();
  const TempDir directory;
  // A real server is also a registry, the sandbox is not.
  const std::string workflow = with_registry("http://" + registry.host(), directory);
  // An image of busybox alone, which prints the version that it was built with.
  fs::copy(runner_tests::program("busybox"), service.consumer.project() / "busybox");
  service.consumer.file("Dockerfile",
                        "FROM scratch\n"
                        "COPY busybox /busybox\n"
                        "ARG APP_VERSION=0.0.0\n"
                        "ENV APP_VERSION=$APP_VERSION\n"
                        "ENTRYPOINT [\"/busybox\", \"sh\", \"-c\", \"echo $APP_VERSION\"]\n");
  for (const auto& [name, value] : Docker::environment()) {
    if (name != "PATH" && name != "HOME") service.consumer.variable(name, value);
  }

  service.push_tag(workflow, "v1.2.0");
  service.push_tag(workflow, "v1.3.0-rc.1");
  service.publish("v2.0.0");
  service.push_tag(workflow, "v1.2.1");
  for (const char* tag : {"v1.2.0", "1.2.0", "v1.3.0-rc.1", "v1.2.1"}) {
    INFO(tag);
    CHECK(registry.has(image + ":" + tag));
  }
  CHECK(registry.run(image + ":latest") == "1.2.0\n");
  CHECK(registry.run(image + ":v1.2.1") == "1.2.1\n");
  CHECK(registry.version_label(image + ":1.3.0-rc.1") == "1.3.0-rc.1\n");
  CHECK(service.linked() == service.server.repository());

  service.push_tag(workflow, "v2.0.1");
  CHECK(registry.run(image + ":latest") == "2.0.1\n");
  // A login that the registry rejects.
  service.consumer.secret("DEPLOY_TOKEN", service.server.job_token());
  service.push_tag(workflow, "v2.0.2");
  CHECK(registry.run(image + ":latest") == "2.0.1\n");
  CHECK_FALSE(registry.has(image + ":v2.0.2"));
}
