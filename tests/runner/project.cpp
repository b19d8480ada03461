// SPDX-License-Identifier: MIT
#include "runner/project.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "runner/tools.hpp"

namespace runner_tests {

const std::filesystem::path examples =
    std::filesystem::path(GITEA_RELEASE_SOURCE) / "examples/workflows";

Project::Project() : consumer(server) {
  server.needs_sandbox();
  consumer.secret("GITHUB_TOKEN", server.job_token());
}

void Project::install_real_uv() {
  consumer.program("pip3", "mkdir -p \"$4/bin\"\nln -s '" + tool("uv") + "' \"$4/bin/uv\"\n");
  consumer.variable("UV_CACHE_DIR", std::string(std::getenv("HOME")) + "/.cache/uv");
  if (const char* bundle = std::getenv("SSL_CERT_FILE")) {
    consumer.variable("SSL_CERT_FILE", bundle);
  }
}

std::string Project::run(const std::filesystem::path& workflow, const Event& event) const {
  const Consumer::Run run = consumer.run(workflow, event);
  INFO(run.log);
  REQUIRE(run.status == 0);
  return run.log;
}

std::string Project::push_tag(const std::filesystem::path& workflow, const std::string& tag) {
  server.push_tag(tag);
  return run(workflow, push_of("refs/tags/" + tag, server.commit()));
}

}  // namespace runner_tests
