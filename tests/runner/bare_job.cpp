// SPDX-License-Identifier: MIT
#include "runner/bare_job.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/golden.hpp"
#include "support/outputs.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"

namespace runner_tests {

BareJob::BareJob(support::Server& server) : server_(&server) {
  server.needs_sandbox();
  server.push_tag("v1.0.0");
  root_.write("job/workspace/a.txt", "a");
  root_.write("job/output", "");
}

Variables BareJob::variables(const std::string& host) const {
  return {{"GITHUB_EVENT_NAME", "push"},
          {"GITHUB_REF", "refs/tags/v1.0.0"},
          {"GITHUB_SHA", server_->commit()},
          {"GITHUB_REPOSITORY", server_->repository()},
          {"GITHUB_SERVER_URL", support::replaced(server_->url(), "127.0.0.1", host)},
          {"GITHUB_WORKSPACE", "/job/workspace"},
          {"GITHUB_OUTPUT", "/job/output"},
          {"INPUT_TOKEN", server_->job_token()},
          {"INPUT_FILES", "*"}};
}

void BareJob::check_publishes(const std::vector<std::string>& command,
                              const Variables& variables) const {
  support::Process process(command, variables, "/", logs_ / "log");
  const support::Ended ended = process.wait();
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  const support::Release release = server_->release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == std::vector<std::string>{"a.txt"});
  const auto outputs = support::parse_outputs(support::read_file(root_ / "job/output"));
  CHECK(outputs.at("id") == std::to_string(release.id));
}

}  // namespace runner_tests
