// SPDX-License-Identifier: MIT
// The transcript in the README is what the program prints.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>

#include "core/text/text.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

TEST_CASE("the README's transcript is a real one") {
  support::Server server;
  server.needs_sandbox();  // a real one may return another address of its own
  server.create_tag("v1.0.0");
  support::Workspace job(server, "v1.0.0");
  job.file("dist/app-linux-amd64.tar.gz", std::string(12'400'000, 'l'));
  job.file("dist/app-windows-x64.zip", std::string(9'800'000, 'w'));
  const auto run = job.input("files", "dist/*").input("jobs", "1").publish();
  REQUIRE(run.status == 0);

  std::string shown = support::replaced(run.log, server.url(), "https://git.example.org");
  shown = "```text\n" + support::replaced(shown, server.repository(), "owner/app") + "```\n";
  const std::string path = std::string(GITEA_RELEASE_SOURCE) + "/README.md";
  const std::string readme = support::read_file(path);
  const std::string begin = "<!-- BEGIN transcript -->\n";
  const auto start = readme.find(begin) + begin.size();
  const auto end = readme.find("<!-- END transcript -->");
  REQUIRE(end != std::string::npos);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << readme.substr(0, start) + shown + readme.substr(end);
  } else {
    INFO("run scripts/generate");
    CHECK(core::lines(readme.substr(start, end - start)) == core::lines(shown));
  }
}
