// SPDX-License-Identifier: MIT
// `init` asks before it writes if a person can answer.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/init_project.hpp"
#include "support/under_test.hpp"

namespace {

using init_tests::Names;
using init_tests::Project;

/// A terminal with these keys already pressed.
class Typed {
 public:
  explicit Typed(const std::string& keys)
      : descriptor_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    support::needs_this_system("a pseudo-terminal");
    std::array<char, 64> name{};
    if (descriptor_ < 0 || grantpt(descriptor_) != 0 || unlockpt(descriptor_) != 0 ||
        ptsname_r(descriptor_, name.data(), name.size()) != 0) {
      throw std::runtime_error("no pseudo-terminal");
    }
    path_ = name.data();
    // Kept open: without a reader the keys would be lost.
    other_end_ = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (write(descriptor_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
      throw std::runtime_error("the keys could not be typed");
    }
  }
  ~Typed() {
    close(other_end_);
    close(descriptor_);
  }
  Typed(const Typed&) = delete;
  Typed& operator=(const Typed&) = delete;

  /// Runs `init` at this terminal, with standard output in a file; returns both outputs.
  std::string init(const Project& project, const std::vector<std::string>& arguments = {}) const {
    std::vector<std::string> command = {
        "/bin/sh", "-c",          "terminal=$0; exec \"$@\" <\"$terminal\" 2>\"$terminal\"",
        path_,     GITEA_RELEASE, "init"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto ended = project.run(command);
    CHECK(ended.status == 0);
    return ended.output + shown();
  }

 private:
  std::string shown() const {
    std::array<char, 4096> buffer{};
    const auto size = read(descriptor_, buffer.data(), buffer.size());
    return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
  }

  int descriptor_ = -1;
  int other_end_ = -1;
  std::string path_;
};

}  // namespace

TEST_CASE("at a terminal init writes after the answer yes") {
  const Project project;
  project.file("go.mod", "module example.org/acme\n");
  const std::string output = Typed("y\n").init(project);
  INFO(output);
  CHECK(output.find("Write this file? [y/N] ") != std::string::npos);
  CHECK(output.find("Wrote 1 file.") != std::string::npos);
  CHECK(project.names() == Names{"go.mod", ".gitea/workflows/release.yml"});
}

TEST_CASE("at a terminal init writes nothing after any other answer") {
  for (const char* keys : {"\n", "n\n", "yy\n", "\x04"}) {
    const Project project;
    project.file("setup.py", "");
    const std::string output = Typed(keys).init(project);
    INFO(output);
    CHECK(output.find("Nothing was written.") != std::string::npos);
    CHECK(project.names() == Names{"setup.py"});
  }
}

TEST_CASE("a dry run does not ask") {
  const Project project;
  project.file("go.mod", "module example.org/acme\n");
  const std::string output = Typed("y\n").init(project, {"--dry-run"});
  CHECK(output.find("[y/N]") == std::string::npos);
  CHECK(project.names() == Names{"go.mod"});
}
