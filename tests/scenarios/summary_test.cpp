// SPDX-License-Identifier: MIT
// The summary of the step, which the page of the job shows.
#include <catch2/catch_test_macros.hpp>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Server;
using support::Workspace;

using support::has;

namespace {

struct Case {
  Case() : job(server, "v1.0.0") {
    server.create_tag("v1.0.0");
    job.file("dist/a.tgz", "aaa").input("files", "dist/*");
  }

  Server server;
  Workspace job;
};

}  // namespace

TEST_CASE("the summary has a heading over each column, and says what became of each file") {
  Case one;
  const std::string first = one.job.publish().summary;
  INFO(first);
  CHECK(has(first, "| File | Size | SHA-256 | This run |\n|---|---:|---|---|\n"));
  CHECK(has(first, " | 3 B | `9834876dcfb0…` | uploaded |\n"));
  CHECK(has(one.job.publish().summary, "| unchanged (already there with the same content) |"));
  one.job.file("dist/b.tgz", "b").input("files", "dist/b.tgz");
  CHECK(has(one.job.publish().summary, "| not touched by this run |"));
}

TEST_CASE("the summary says what a draft waits for") {
  Case one;
  const auto run = one.job.input("required_files", "a.tgz\n*_setup.exe").publish();
  INFO(run.summary);
  CHECK(run.status == 0);
  CHECK(has(run.summary, "(draft)"));
  CHECK(has(run.summary, "\nThe release stays a draft until an asset matches \\*\\_setup.exe; "));
}

TEST_CASE("the summary says what a dry run would do") {
  Case one;
  const auto run = one.job.input("dry_run", "true").publish();
  INFO(run.summary);
  CHECK(has(run.summary,
            "### Release v1.0.0\n\nDry run: nothing was written. A run would\n\n"
            "- create the draft release v1.0.0\n- upload a.tgz (3 B)\n"));
  one.job.input("dry_run", "false").publish();
  CHECK(has(one.job.input("dry_run", "true").publish().summary,
            "Dry run: there is nothing to do.\n"));
}

TEST_CASE("the summary has the error and what to do") {
  Case one;
  const auto inputs = one.job.input("files", "none/*.exe").publish();
  INFO(inputs.summary);
  CHECK(has(inputs.summary, "### The release was not published\n\n- files: "));

  one.server.needs_sandbox();
  one.server.fault(R"({"kind":"status","method":"POST","path":"/assets","times":-1,"status":413})");
  const auto run = one.job.input("files", "dist/*").publish();
  INFO(run.summary);
  CHECK(run.status != 0);
  CHECK(has(run.summary, "**The run failed:**\n\n- Uploading a.tgz: "));
}
