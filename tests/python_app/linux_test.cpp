// SPDX-License-Identifier: MIT
// The tarball for Linux, unpacked somewhere else and started without anything of this machine.
#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::Built;
using python_app::Running;

namespace fs = std::filesystem;

namespace {

/// The tarball unpacked below a folder with a space in its name.
struct Unpacked {
  Unpacked() {
    fs::create_directories(folder.path() / "a folder");
    const auto ended = python_app::run(
        {"tar", "-xzf", built.tarball.string(), "-C", (folder.path() / "a folder").string()}, "/");
    REQUIRE(ended.status == 0);
  }
  Built built;
  TempDir folder;
  fs::path home = folder.path() / "a folder/your-app";
  std::vector<std::string> command = {(home / "run.sh").string()};
};

/// The files that a process has mapped and that are not part of the system's C library.
std::string mapped(const std::string& pid) {
  std::istringstream lines(support::read_file("/proc/" + pid + "/maps"));
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    const auto slash = line.find('/');
    if (slash != std::string::npos) result += line.substr(slash) + "\n";
  }
  return result;
}

}  // namespace

// Rows "5, venv + tar, source activate" and "10.1 + 5".
TEST_CASE("moved, and with an empty environment, the application says the tag's version",
          "[built]") {
  const Unpacked unpacked;
  Running running(unpacked.command, "/", {});
  CHECK(running.get("/version") == R"({"name":"your_app","version":"1.2.0"})");
  CHECK(running.get("/health") == R"({"status":"ok"})");
  CHECK(running.get("/").find("<h1>your_app 1.2.0</h1>") != std::string::npos);

  // Nothing of this machine's Pythons takes part.
  const std::string files = mapped(support::read_file(unpacked.home / "data/your_app.pid"));
  CHECK(files.find((unpacked.home / "python/lib/python3.11/site-packages/").string()) !=
        std::string::npos);
  std::istringstream lines(files);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    const bool ours = line.compare(0, unpacked.home.string().size(), unpacked.home.string()) == 0;
    CHECK((ours || line.find("python") == std::string::npos));
  }
  CHECK(running.quit(unpacked.home / "data") == 0);

  for (const auto& entry : fs::recursive_directory_iterator(unpacked.home)) {
    if (!entry.is_symlink()) continue;
    INFO(entry.path());
    CHECK(fs::read_symlink(entry.path()).is_relative());
    CHECK(fs::canonical(entry.path()).string().find(unpacked.home.string()) == 0);
  }
}

TEST_CASE("the data is beside the application, and is there after a restart and an update",
          "[built]") {
  const Unpacked unpacked;
  {
    Running running(unpacked.command, "/", {});
    CHECK(running.get("/").find("Started 1 times") != std::string::npos);
    running.quit(unpacked.home / "data");
  }
  // An update replaces python/ and app/.
  for (const char* part : {"python", "app"}) {
    fs::remove_all(unpacked.home / part);
    fs::copy(unpacked.built.linux_tree / part, unpacked.home / part,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  // Variables and packages of a user do not change what is imported.
  const TempDir user;
  user.write("fastapi.py", "raise SystemExit('not this one')\n");
  Running running(unpacked.command, user.path(),
                  {{"PYTHONPATH", user.path()}, {"PYTHONHOME", user.path()}});
  CHECK(running.get("/").find("Started 2 times") != std::string::npos);
  running.quit(unpacked.home / "data");
}
