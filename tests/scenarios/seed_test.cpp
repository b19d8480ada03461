// SPDX-License-Identifier: MIT
// A Python application's release as its workflow makes it: RELEASE_NOTES.md, three parallel build
// jobs with a file each, a Downloads table, a prerelease by its version, one job run again.
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

using support::has;

namespace {

constexpr const char* tag = "v0.2.0-alpha.1";
const std::vector<std::string> files = {"App-v0.2.0-alpha.1-linux-x64.tar.gz",
                                        "App-v0.2.0-alpha.1-setup.exe",
                                        "App-v0.2.0-alpha.1-win-x64.zip"};

constexpr const char* configuration = R"(checksums: sha256
required_files:
  - App-*-setup.exe
  - App-*-win-x64.zip
  - App-*-linux-x64.tar.gz
downloads:
  rows:
    - {label: Windows (installer), file: "*-setup.exe"}
    - {label: Windows (portable), file: "*-win-x64.zip"}
    - {label: Linux, file: "*-linux-x64.tar.gz"}
  docker: git.example.org/owner/app
)";

void fill(Workspace& job, const std::string& file, const std::string& content) {
  job.file("build/" + file, content).file("RELEASE_NOTES.md", "# What is new\n\nEverything.\n");
  job.file(".gitea/release.yml", configuration);
  job.input("files", "build/App-*");
}

}  // namespace

TEST_CASE("a Python application's release: three parallel jobs, of which one runs again",
          "[profiles]") {
  Server server;
  server.create_tag(tag);
  std::vector<std::unique_ptr<Workspace>> jobs;
  std::vector<std::unique_ptr<support::Process>> running;
  for (const std::string& file : files) {
    jobs.push_back(std::make_unique<Workspace>(server, tag));
    fill(*jobs.back(), file, "the first build of " + file);
    running.push_back(jobs.back()->start());
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const Run run = jobs[i]->result_of(*running[i]);
    INFO(run.log);
    REQUIRE(run.status == 0);
  }

  auto release = server.release(tag);
  CHECK_FALSE(release.draft);
  CHECK(release.prerelease);
  std::vector<std::string> names = files;
  names.emplace_back("SHA256SUMS");
  CHECK(release.names() == names);
  CHECK(release.body.starts_with("# What is new\n\nEverything.\n\n<!-- gitea-release: downloads"));
  CHECK(has(release.body, "| Windows (installer) | [App-v0.2.0-alpha.1-setup.exe]("));
  CHECK(has(release.body, "Docker: `docker pull git.example.org/owner/app:v0.2.0-alpha.1`"));

  fill(*jobs[1], files[1], "built again");
  const Run again = jobs[1]->publish();
  INFO(again.log);
  REQUIRE(again.status == 0);
  release = server.release(tag);
  CHECK(release.names() == names);
  CHECK(server.download(tag, files[1]).body == "built again");
  CHECK(has(release.body, "| 11 B |"));
  CHECK(release.body.starts_with("# What is new\n\nEverything.\n\n<!-- gitea-release: downloads"));
  CHECK(jobs[0]->publish().outputs.at("state") == "unchanged");
}
