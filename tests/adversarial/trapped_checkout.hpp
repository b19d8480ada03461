// SPDX-License-Identifier: MIT
// A checkout whose configuration and hooks may start a program that must not run.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace trapped_checkout {

namespace fs = std::filesystem;
using support::read_file;
using Variables = std::map<std::string, std::string>;

inline constexpr const char* token = "0123456789abcdef0123456789abcdef01234567";

inline void make_program(const fs::path& file, const std::string& script) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "#!/bin/sh\n" << script;
  fs::permissions(file, fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
}

inline std::string real_git() {
  const std::vector<std::string> places = {"/usr/local/bin/git", "/usr/bin/git", "/bin/git"};
  const auto found = std::find_if(places.begin(), places.end(),
                                  [](const std::string& file) { return fs::exists(file); });
  if (found == places.end()) SKIP("there is no git in /usr/bin");
  return *found;
}

/// A job whose workspace is a checkout with the annotated tag v1.0.0, and a program that must not
/// run.
class Checkout {
 public:
  Checkout() {
    make_program(forbidden_program(),
                 "{ echo \"$0 $*\"; env; } >>" + mark().string() + "\nexit 1\n");
    fs::create_directories(workspace());
    git(workspace(), "init -q");
    git(workspace(), "commit -q --allow-empty -m one");
    git(workspace(), "tag -a v1.0.0 -m one");
    variables_ = {{"PATH", "/usr/bin:/bin"},
                  {"HOME", home().string()},
                  {"GITHUB_WORKSPACE", workspace().string()},
                  {"GITHUB_OUTPUT", (root() / "output").string()},
                  {"INPUT_TOKEN", token}};
  }

  const fs::path& root() const { return directory_.path(); }
  fs::path workspace() const { return root() / "parent/workspace"; }
  fs::path home() const { return root() / "home"; }
  fs::path forbidden_program() const { return root() / "programs/evil"; }
  fs::path mark() const { return root() / "ran"; }
  Variables& variables() { return variables_; }

  /// With this test's own git configuration, whatever is configured on this machine.
  int try_git(const fs::path& directory, const std::string& arguments) const {
    const std::string command =
        "cd '" + directory.string() +
        "' && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PATH='" +
        forbidden_program().parent_path().string() +
        "':\"$PATH\" git -c safe.directory='*' -c user.name=n -c user.email=e@example.org " +
        arguments + " >/dev/null 2>&1";
    return std::system(command.c_str());  // NOLINT: a fixed command of the test
  }
  void git(const fs::path& directory, const std::string& arguments) const {
    INFO(arguments);
    REQUIRE(try_git(directory, arguments) == 0);
  }
  void set(const std::string& name, const std::string& value) const {
    git(workspace(), "config '" + name + "' '" + value + "'");
  }

  /// Turns the checkout into a partial clone without the tag's object, which git would now fetch.
  void make_partial(const std::string& url) const {
    fs::remove(object_of_tag());
    set("core.repositoryformatversion", "1");
    set("extensions.partialClone", "origin");
    set("remote.origin.promisor", "true");
    set("remote.origin.url", url);
  }

  /// Whether git, called in the usual way, runs the program.
  bool runs_program(const fs::path& directory) const {
    try_git(directory, "for-each-ref --points-at=HEAD refs/tags");
    const bool ran = fs::exists(mark());
    fs::remove(mark());
    return ran;
  }

  /// Like git before 2.39.4, which fetches even with GIT_NO_LAZY_FETCH.
  void use_older_git() {
    make_program(root() / "older/git", "unset GIT_NO_LAZY_FETCH\nexec " + real_git() + " \"$@\"\n");
    std::string& path = variables_["PATH"];
    path = (root() / "older").string() + ":" + path;
  }

  std::string version() const {
    support::Process process({GITEA_RELEASE, "version"}, variables_, workspace(), root() / "log");
    const support::Ended ended = process.wait();
    INFO(ended.output);
    CHECK(ended.status == 0);
    return ended.output;
  }

 private:
  fs::path object_of_tag() const {
    git(workspace(), "rev-parse v1.0.0 >'" + (root() / "id").string() + "' # ");
    const std::string id = read_file(workspace() / ".git/refs/tags/v1.0.0");
    return workspace() / ".git/objects" / id.substr(0, 2) / id.substr(2, 38);
  }

  TempDir directory_;
  Variables variables_;
};

}  // namespace trapped_checkout
