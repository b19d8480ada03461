// SPDX-License-Identifier: MIT
// The smaller actions, run by a runner: each does its work, and its outputs reach a later step.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/text/json.hpp"
#include "runner/project.hpp"
#include "support/workspace.hpp"

TEST_CASE("a workflow can use version, notes, doctor, deploy and link-package as actions") {
  runner_tests::Project project;
  support::Server& server = project.server;
  server.create_tag("v1.0.0");
  server.new_commit("feat: a thing to deploy");
  const std::string name = server.repository().substr(server.repository().find('/') + 1);
  server.add_package(name);
  server.fault(R"({"path":"/hooks/","times":-1,"kind":"garbage","status":204,"body":""})");
  project.consumer.secret("DOCKER_REDEPLOY_WEBHOOK_URL", server.url() + "/hooks/1f8b0c7a");
  project.consumer.secret("DEPLOY_TOKEN", server.token());
  project.consumer.file("package.json", "{\n  \"version\": \"0.0.0\"\n}\n");

  const std::string workflow =
      std::string(GITEA_RELEASE_SOURCE) + "/tests/data/runner/workflows/around.yml";
  const std::string log = project.push_tag(workflow, "v1.1.0");
  INFO(log);
  const auto report = [&](const char* file) {
    return support::read_file(project.consumer.report() / file);
  };
  const core::Json steps = core::Json::parse(report("steps.json"));
  const auto output = [&](const char* step, const char* key) {
    return steps.object(step).object("outputs").string(key);
  };
  CHECK(output("version", "version") == "1.1.0");
  CHECK(output("version", "source") == "ref");
  CHECK(output("version", "docker_tags") ==
        "git.example.org/owner/app:v1.1.0\ngit.example.org/owner/app:1.1.0\n"
        "git.example.org/owner/app:latest");
  CHECK(report("package.json") == "{\n  \"version\": \"1.1.0\"\n}\n");
  CHECK(output("notes", "previous_tag") == "v1.0.0");
  CHECK(output("notes", "notes").find("a thing to deploy") != std::string::npos);
  CHECK(report("NOTES.md").find("a thing to deploy") != std::string::npos);
  CHECK(steps.object("doctor").string("outcome") == "success");
  CHECK(log.find("OK    tag: v1.1.0") != std::string::npos);
  CHECK(output("deploy", "state") == "deployed");
  CHECK(output("link", "state") == "linked");
}
