// SPDX-License-Identifier: MIT
// The workflows of this repository itself: a copy of it on another server starts nothing there.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "core/text/text.hpp"
#include "runner/consumer.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::Consumer;
using runner_tests::push_of;

const fs::path workflows = fs::path(GITEA_RELEASE_SOURCE) / ".gitea/workflows";

}  // namespace

TEST_CASE("a push to a copy of this repository runs nothing unless its owner has enabled it") {
  support::Server server;
  server.needs_sandbox();
  Consumer consumer(server);
  consumer.script("scripts/test", "touch \"$REPORT/ran\"\n");
  consumer.commit();
  const auto push = push_of("refs/heads/main", server.commit());
  for (const char* setting : {"", "false", "TRUE!"}) {
    consumer.setting("PROJECT_CI", setting);
    CHECK(consumer.run(workflows / "test.yml", push).status == 0);
    CHECK_FALSE(fs::exists(consumer.report() / "ran"));
  }
  const auto tag = push_of("refs/tags/v9.9.9", server.commit());
  const Consumer::Run release = consumer.run(workflows / "release.yml", tag);
  INFO(release.log);
  CHECK(release.status == 0);
  CHECK(release.log.find("apt-get") == std::string::npos);

  consumer.setting("PROJECT_CI", "true");
  const Consumer::Run run = consumer.run(workflows / "test.yml", push);
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(fs::exists(consumer.report() / "ran"));
}

TEST_CASE("every job of this repository's workflows must be enabled explicitly") {
  int jobs = 0;
  for (const auto& entry : fs::directory_iterator(workflows)) {
    INFO(entry.path());
    const auto lines = core::lines(support::read_file(entry.path()));
    auto line = std::find(lines.begin(), lines.end(), "jobs:");
    REQUIRE(line != lines.end());
    for (++line; line != lines.end(); ++line) {
      const bool is_job = line->starts_with("  ") && line->find_first_not_of(' ') == 2;
      if (!is_job) continue;
      ++jobs;
      REQUIRE(line + 1 != lines.end());
      CHECK(*(line + 1) == "    if: vars.PROJECT_CI == 'true'");
    }
  }
  CHECK(jobs == 2);
}
