// SPDX-License-Identifier: MIT
// The template's image, where a Docker engine answers that has an image with Python: python:3.11-slim, or what DOCKER_PYTHON
// names. Nothing is pulled.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "python_app/project.hpp"

using python_app::environment;
using python_app::Project;

namespace {

std::string base_image() {
  const char* named = std::getenv("DOCKER_PYTHON");
  return named == nullptr ? "python:3.11-slim" : named;
}

support::Ended docker(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "docker");
  return python_app::run(arguments, "/", environment({{"DOCKER_BUILDKIT", "0"}}));
}

/// The image of a project, gone at the end.
class Image {
 public:
  Image(const Project& project, const std::string& version)
      : name_("gitea-release-python-app:" + std::to_string(python_app::free_port())) {
    if (docker({"info"}).status != 0) SKIP("no Docker engine answers");
    if (docker({"image", "inspect", base_image()}).status != 0) {
      SKIP("the engine has no image " << base_image() << " (DOCKER_PYTHON names another)");
    }
    const auto built =
        docker({"build", "--network=host", "--build-arg", "PYTHON=" + base_image(), "--build-arg",
                "APP_VERSION=" + version, "--tag", name_, project.path()});
    INFO(built.output);
    REQUIRE(built.status == 0);
  }
  ~Image() { docker({"rmi", "--force", name_}); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  std::string inspect(const std::string& format) const {
    return docker({"image", "inspect", "--format", format, name_}).output;
  }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace

TEST_CASE("the image says the version that it was built with, and runs as a user of its own") {
  const Project project;
  const Image image(project, "v1.2.0-rc.1");
  CHECK(image.inspect("{{index .Config.Labels \"org.opencontainers.image.version\"}}") ==
        "v1.2.0-rc.1\n");
  CHECK(image.inspect("{{.Config.User}}") == "app\n");
  CHECK(image.inspect("{{.Config.Healthcheck.Test}}").find("/health") != std::string::npos);
  const std::string container = "gitea-release-" + std::to_string(python_app::free_port());
  python_app::Running running({python_app::program("docker"), "run", "--rm", "--network=host",
                               "--name", container, image.name()},
                              "/", environment());
  CHECK(running.get("/version") == R"({"name":"your_app","version":"1.2.0rc1"})");
  const auto user = docker({"exec", container, "id", "-u"});
  CHECK(user.output == "1000\n");
  CHECK(docker({"exec", container, "touch", "/app/x"}).status != 0);
  docker({"rm", "--force", container});
}
