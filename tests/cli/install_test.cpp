// SPDX-License-Identifier: MIT
// scripts/install, the man page, and the completions of the shells.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;

struct Installed {
  Installed() {
    support::needs_the_built_program("it is installed");
    const auto ended = run({source / "scripts/install", "--prefix", prefix(), GITEA_RELEASE});
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }

  std::string prefix() const { return (directory.path() / "usr").string(); }

  support::Ended run(const std::vector<std::string>& command) const {
    support::Process process(command, {{"PATH", "/usr/bin:/bin"}, {"HOME", directory.path()}},
                             directory.path(), directory / "log");
    return process.wait();
  }

  /// The completions that bash offers for these words, the last of which is incomplete.
  std::string completed(const std::string& words) const {
    const auto ended =
        run({"/bin/bash", "-c",
             "source usr/share/bash-completion/completions/gitea-release; COMP_WORDS=(" + words +
                 "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gitea_release; echo ${COMPREPLY[*]}"});
    CHECK(ended.status == 0);
    return ended.output;
  }

  TempDir directory;
};

}  // namespace

TEST_CASE("scripts/install installs the program, its man page and completions under a prefix") {
  const Installed installed;
  for (const char* file : {"bin/gitea-release", "share/man/man1/gitea-release.1",
                           "share/bash-completion/completions/gitea-release",
                           "share/zsh/site-functions/_gitea-release",
                           "share/fish/vendor_completions.d/gitea-release.fish"}) {
    INFO(file);
    CHECK(fs::file_size(fs::path(installed.prefix()) / file) > 0);
  }
  CHECK(installed.run({installed.prefix() + "/bin/gitea-release", "--version"}).status == 0);
}

TEST_CASE("bash completes commands, the options of a command, and their values") {
  const Installed installed;
  CHECK(installed.completed("gitea-release pru") == "prune\n");
  CHECK(installed.completed("gitea-release prune --ke") == "--keep\n");
  CHECK(installed.completed("gitea-release prune --kind ''") == "prerelease draft any\n");
  CHECK(installed.completed("gitea-release init --kind d") == "docker desktop desktop-docker\n");
  CHECK(installed.completed("gitea-release --tag-n") == "--tag-name\n");
  CHECK(installed.completed("gitea-release completion z") == "zsh\n");
  CHECK(installed.completed("gitea-release --token x") == "\n");  // bash completes files itself
}

TEST_CASE("zsh and fish load their completions") {
  const Installed installed;
  for (const char* shell : {"zsh", "fish"}) {
    if (!fs::exists(fs::path("/usr/bin") / shell)) {
      WARN(shell << " is not installed; its completion was not checked");
      continue;
    }
    const bool is_zsh = std::string(shell) == "zsh";
    const auto ended = installed.run(
        {std::string("/usr/bin/") + shell, "-n",
         installed.prefix() + (is_zsh ? "/share/zsh/site-functions/_gitea-release"
                                      : "/share/fish/vendor_completions.d/gitea-release.fish")});
    INFO(ended.output);
    CHECK(ended.status == 0);
  }
}

TEST_CASE("the man page covers every command and option, and the formatter gives no warning") {
  if (!fs::exists("/usr/bin/groff")) SKIP("groff is not installed");
  const Installed installed;
  const auto ended = installed.run(
      {"/bin/sh", "-c", "groff -man -Tascii -P-bcou -ww usr/share/man/man1/gitea-release.1 2>&1"});
  CHECK(ended.status == 0);
  CHECK(ended.output.find("troff:") == std::string::npos);
  for (const char* word : {"GITEA-RELEASE(1)", "--tag-name VALUE", "--delete-tags [true|false]",
                           "EXIT STATUS", "INPUT_WEBHOOK_URL", "--token-file"}) {
    INFO(word);
    CHECK(ended.output.find(word) != std::string::npos);
  }
}

TEST_CASE("help, completion and man are commands") {
  const Installed installed;
  const std::string program = installed.prefix() + "/bin/gitea-release";
  CHECK(installed.run({program, "help", "prune"}).output ==
        installed.run({program, "prune", "--help"}).output);
  CHECK(installed.run({program, "help"}).output == installed.run({program, "--help"}).output);
  const auto unknown = installed.run({program, "help", "prun"});
  CHECK(unknown.status == 2);
  CHECK(unknown.output.find("Did you mean 'prune'?") != std::string::npos);
  const auto shell = installed.run({program, "completion", "tcsh"});
  CHECK(shell.status == 2);
  CHECK(shell.output.find("completion bash', 'zsh' or 'fish'") != std::string::npos);
}
