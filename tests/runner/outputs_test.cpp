// SPDX-License-Identifier: MIT
// What follows the action in a workflow: later steps and jobs, which read its outputs; and steps
// after a failed one.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/text/json.hpp"
#include "runner/consumer.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace {

using runner_tests::Consumer;
using support::Server;

const std::string workflows = std::string(GITEA_RELEASE_SOURCE) + "/tests/data/runner/workflows/";

core::Json report(const Consumer& consumer, const std::string& name) {
  return core::Json::parse(support::read_file(consumer.report() / name));
}

}  // namespace

TEST_CASE("every output reaches a later step and another job with the server's values") {
  Server server;
  server.needs_sandbox();
  Consumer consumer(server);
  consumer.secret("GITHUB_TOKEN", server.job_token());
  server.push_tag("v1.2.0-rc.1");
  const auto event = runner_tests::push_of("refs/tags/v1.2.0-rc.1", server.commit());
  const Consumer::Run run = consumer.run(workflows + "outputs.yml", event);
  INFO(run.log);
  REQUIRE(run.status == 0);

  const support::Release release = server.release("v1.2.0-rc.1");
  for (const char* reader : {"step.json", "job.json"}) {
    INFO(reader);
    const core::Json outputs = report(consumer, reader);
    CHECK(outputs.string("id") == std::to_string(release.id));
    CHECK(outputs.string("release_id") == std::to_string(release.id));
    CHECK(outputs.string("tag_name") == "v1.2.0-rc.1");
    CHECK(outputs.string("name") == "v1.2.0-rc.1");
    CHECK(outputs.string("version") == "1.2.0-rc.1");
    CHECK(outputs.string("draft") == "false");
    CHECK(outputs.string("prerelease") == "true");
    CHECK(outputs.string("state") == "created");
    CHECK(outputs.string("html_url") ==
          server.url() + "/" + server.repository() + "/releases/tag/v1.2.0-rc.1");
    CHECK(outputs.string("url").ends_with("/releases/" + std::to_string(release.id)));
    CHECK(outputs.string("upload_url") == outputs.string("url") + "/assets");
    CHECK(outputs.string("body") ==
          "# Größe\n\nA line with $HOME, \"quotes\", `marks`, key=value and x<<END.\n\nEND");
    const auto assets = core::Json::parse(outputs.string("assets")).elements();
    REQUIRE(assets.size() == 1);
    CHECK(assets[0].string("name") == "app-linux-amd64.tar.gz");
    CHECK(assets[0].number("id") == release.assets.at(0).id);
    CHECK(assets[0].string("action") == "uploaded");
  }
}

TEST_CASE("a failed step fails its job, says what to change, and leaves its outputs") {
  Server server;
  server.needs_sandbox();
  Consumer consumer(server);
  consumer.secret("GITHUB_TOKEN", server.job_token());
  server.push_tag("v1.0.0");
  server.create_release(R"({"tag_name":"v1.0.0","target_commitish":"main"})");
  const auto event = runner_tests::push_of("refs/tags/v1.0.0", server.commit());
  const Consumer::Run run = consumer.run(workflows + "failing.yml", event);
  INFO(run.log);
  CHECK(run.status != 0);
  CHECK(run.log.find("::error::") != std::string::npos);
  const core::Json step = report(consumer, "step.json");
  CHECK(step.string("outcome") == "failure");
  CHECK(step.object("outputs").string("id") == std::to_string(server.release("v1.0.0").id));
}
