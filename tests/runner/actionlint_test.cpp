// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "runner/tools.hpp"
#include "support/process.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;

/// The output of actionlint for these files.
support::Ended lint(const std::vector<std::string>& files) {
  std::vector<std::string> command = {runner_tests::tool("actionlint"), "-no-color", "-config-file",
                                      (source / "tests/data/runner/actionlint.yaml").string()};
  command.insert(command.end(), files.begin(), files.end());
  const TempDir directory;
  support::Process process(command, {{"PATH", std::getenv("PATH")}}, source, directory / "log");
  return process.wait();
}

}  // namespace

TEST_CASE("actionlint accepts every workflow") {
  std::vector<std::string> files;
  for (const char* folder :
       {"examples/workflows", ".gitea/workflows", "tests/data/runner/workflows"}) {
    if (!fs::exists(source / folder)) continue;
    for (const auto& entry : fs::directory_iterator(source / folder)) {
      files.push_back(entry.path().string());
    }
  }
  REQUIRE(files.size() > 6);
  const support::Ended ended = lint(files);
  INFO(ended.output);
  CHECK(ended.status == 0);
}

TEST_CASE("actionlint finds mistakes with this configuration") {
  const TempDir directory;
  const std::string workflow = directory.write("wrong.yml",
                                               "on: push\n"
                                               "jobs:\n"
                                               "  release:\n"
                                               "    runs-on: ubuntu-latest\n"
                                               "    steps:\n"
                                               "      - uses: OWNER/gitea-release\n"
                                               "      - run: echo ${{ gitea.ref }}\n");
  const std::string said = lint({workflow}).output;
  CHECK(said.find("specifying action \"OWNER/gitea-release\" in invalid format") !=
        std::string::npos);
  CHECK(said.find("undefined variable \"gitea\"") != std::string::npos);
}
