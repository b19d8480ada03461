// SPDX-License-Identifier: MIT
// The template for Python as a project gets it, really built by its own workflow. Only the
// interpreters are replaced, by the stand-ins of scripts/setup --test, and pip3, by one that
// already has uv.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <sstream>

#include "runner/project.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using runner_tests::Project;

const fs::path standins = fs::path(GITEA_RELEASE_SOURCE) / ".deps/python-standin";

/// The variables by which the builds find the stand-ins, and settings that make uv fast.
void give_interpreters(Project& project) {
  std::istringstream lines(support::read_file(standins / "python.env"));
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    std::string value = line.substr(equals + 1);
    if (value.starts_with("$STANDINS")) value.replace(0, 9, standins.string());
    project.consumer.variable(line.substr(0, equals), value);
  }
  project.consumer.variable("NSIS_COMPRESSOR", "zlib");
  project.consumer.variable("UV_CACHE_DIR", std::string(std::getenv("HOME")) + "/.cache/uv");
  if (const char* bundle = std::getenv("SSL_CERT_FILE")) {
    project.consumer.variable("SSL_CERT_FILE", bundle);
  }
}

support::Ended run(const std::vector<std::string>& command, const fs::path& directory) {
  const TempDir logs;
  support::Process process(command, {{"PATH", std::getenv("PATH")}}, directory, logs / "log");
  return process.wait();
}

}  // namespace

TEST_CASE("the workflow from init publishes a zip, an installer and a tarball of the pushed tag") {
  const std::string uv = runner_tests::tool("uv");
  runner_tests::program("makensis");
  if (!fs::exists(standins / "python.env")) SKIP("there are no stand-ins (scripts/setup --test)");
  Project project;
  give_interpreters(project);
  project.consumer.program("pip3", "mkdir -p \"$4/bin\"\nln -s '" + uv + "' \"$4/bin/uv\"\n");
  const auto written =
      run({GITEA_RELEASE, "init", "--kind", "desktop"}, project.consumer.project());
  INFO(written.output);
  REQUIRE(written.status == 0);

  project.push_tag(project.consumer.project() / ".gitea/workflows/release.yml", "v1.2.0-rc.1");
  const support::Release release = project.server.release("v1.2.0-rc.1");
  CHECK_FALSE(release.draft);
  CHECK(release.prerelease);
  CHECK(release.names() == std::vector<std::string>{"SHA256SUMS",
                                                    "your-app-v1.2.0-rc.1-linux-x64.tar.gz",
                                                    "your-app-v1.2.0-rc.1-setup.exe",
                                                    "your-app-v1.2.0-rc.1-win-x64.zip"});
  CHECK(release.body.find("| Windows (installer) | [your-app-v1.2.0-rc.1-setup.exe](") !=
        std::string::npos);

  const TempDir downloads;
  for (const std::string& name : release.names()) {
    downloads.write(name, project.server.download(release.tag, name).body);
  }
  CHECK(run({"/usr/bin/env", "sha256sum", "--check", "--strict", "SHA256SUMS"}, downloads.path())
            .status == 0);
  const auto unpacked = run(
      {"/usr/bin/env", "tar", "-xzf", "your-app-v1.2.0-rc.1-linux-x64.tar.gz"}, downloads.path());
  CHECK(unpacked.status == 0);
  CHECK(run({downloads / "your-app/run.sh", "--version"}, "/").output == "your_app 1.2.0rc1\n");
}
