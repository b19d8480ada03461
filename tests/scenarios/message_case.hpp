// SPDX-License-Identifier: MIT
// A run whose log is compared with a golden file in tests/data/messages.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace scenarios {

using support::Run;
using support::Server;
using support::Workspace;

/// A sandbox and a job with one file for a tag that does not exist yet.
struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    job.file("dist/app.exe", std::string(3000, 'x'));
    job.on_branch().input("tag_name", "v1.0.0").input("files", "dist/*").input("retries", "2");
    job.variable("GITHUB_SHA", server.commit());
  }

  /// Runs the job and compares its log with the golden file, after replacing everything that
  /// differs between runs.
  void check(const std::string& name, int status) {
    const Run run = job.publish();
    server.clear_faults();
    std::string text = support::replaced(run.log, server.url(), "https://git.example.org");
    text = support::replaced(text, server.repository(), "owner/app");
    text = support::replaced(text, server.commit(), "<commit>");
    CHECK(run.status == status);
    CHECK(text.find(server.token()) == std::string::npos);
    support::check_golden("messages/" + name + ".txt", text);
  }

  Server server;
  Workspace job;
};

}  // namespace scenarios
