// SPDX-License-Identifier: MIT
// What is taken from elsewhere is what was meant, or the build stops.
#include <catch2/catch_test_macros.hpp>

#include "python_app/project.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using python_app::environment;
using python_app::Project;

namespace {

constexpr auto sum_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

support::Ended fetch(const Project& project, const std::string& address, const std::string& sum) {
  return project.shell("mkdir -p build/downloads\nfetch '" + address + "' '" + sum +
                       "' 'the thing'\ncat \"$fetched\"");
}

bool says(const support::Ended& ended, const std::string& text) {
  return ended.output.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("what has the right sum is taken, from a file or an address, and kept") {
  const Project project;
  const TempDir directory;
  const std::string file = directory.write("abc", "abc");
  const auto taken = fetch(project, file, sum_of_abc);
  INFO(taken.output);
  CHECK(taken.status == 0);
  CHECK(says(taken, "abc"));
  CHECK(fetch(project, "file://" + file, sum_of_abc).status == 0);
  std::filesystem::remove(file);
  CHECK(fetch(project, "file://" + file, sum_of_abc).status == 0);
}

// Row "4.1, no checksum".
TEST_CASE("what has another sum, or none, is not taken") {
  const Project project;
  const TempDir directory;
  const std::string file = directory.write("other", "something else");
  for (const std::string& address : {file, "file://" + file}) {
    for (int i = 0; i < 2; ++i) {  // nothing wrong is kept for the next time
      const auto wrong = fetch(project, address, sum_of_abc);
      INFO(wrong.output);
      CHECK(wrong.status == 1);
      CHECK(says(wrong, "expected was " + std::string(sum_of_abc)));
      CHECK(!says(wrong, "something else"));
    }
  }
  const auto none = fetch(project, file, "");
  CHECK(none.status == 1);
  CHECK(says(none, "the thing has no SHA-256: set it in packaging/python.env"));
}

// Row "4.1, curl -sL without -f": a page that says 404 is no zip.
TEST_CASE("a page that says that there is nothing is not taken for the file") {
  const support::Server server;
  const Project project;
  const auto ended = fetch(project, server.url() + "/nothing/here.zip", sum_of_abc);
  INFO(ended.output);
  CHECK(ended.status == 1);
  CHECK(says(ended, "the thing cannot be had from " + server.url()));
}

TEST_CASE("a build without a sum of the interpreter stops before anything else") {
  const Project project;
  project.replace("packaging/python.env",
                  ": \"${PYTHON_LINUX_SHA256:=", ": \"${PYTHON_LINUX_SHA256:=}\" # ");
  auto variables = environment();
  variables.erase("PYTHON_LINUX_SHA256");
  const auto ended = project.packaging("build-linux.sh", {"v1.0.0"}, variables);
  INFO(ended.output);
  CHECK(ended.status == 1);
  CHECK(says(ended, "Python for Linux has no SHA-256"));
}

TEST_CASE("an interpreter of another minor version than .python-version's is refused") {
  python_app::need_standins();
  const Project project;
  project.replace(".python-version", "3.11", "3.12");
  for (const char* script : {"build-linux.sh", "build-windows.sh"}) {
    const auto ended = project.packaging(script, {"v1.0.0"});
    INFO(ended.output);
    CHECK(ended.status == 1);
    CHECK(says(ended, "is not 3.12, which .python-version names"));
  }
}
