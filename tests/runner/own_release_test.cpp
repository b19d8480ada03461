// SPDX-License-Identifier: MIT
// A release of this project: from a clean clone to tags in a bare repository, from which jobs use the
// action, and to the release that our own workflow publishes.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "has.hpp"
#include "runner/project.hpp"
#include "runner/tools.hpp"
#include "support/golden.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using support::has;

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using runner_tests::examples;
using runner_tests::Project;
using support::read_file;

const fs::path source = GITEA_RELEASE_SOURCE;

/// The version that CMakeLists.txt names.
std::string own_version() {
  const std::string text = read_file(source / "CMakeLists.txt");
  const std::string before = "project(gitea-release VERSION ";
  const auto start = text.find(before) + before.size();
  return text.substr(start, text.find(' ', start) - start);
}

/// A clean clone with the bare repository that it came from. What takes long is replaced: the tests,
/// and the building of the binaries, which are those of this build.
class Clone {
 public:
  Clone() {
    runner_tests::program("git");
    const std::string script = R"sh(
      git -C "$0" ls-files -z --cached --others --exclude-standard >list
      mkdir clone && tar -C "$0" --null --files-from list --ignore-failed-read -cf - | tar -C clone -xf -
      git init -q --bare origin.git && cd clone && git init -q --initial-branch=main .
      git remote add origin "$PWD/../origin.git")sh";
    if (sh(script).status != 0) SKIP("this is not a git checkout");
    write("scripts/test", "#!/bin/sh\n");
    write("scripts/build-static",
          "#!/bin/sh\nset -eu\nmkdir -p dist\n"
          "if [ $1 = windows-amd64 ]; then\n"  // a PE header for this machine
          "  { head -c 60 /dev/zero && printf '\\100\\0\\0\\0PE\\0\\0\\144\\206'; } "
          ">dist/gitea-release-$1.exe\n"
          "  exit 0\nfi\n"
          "file=dist/gitea-release-linux-$1\nstrip -o \"$file\" '" GITEA_RELEASE
          "'\n"
          "case $1 in amd64) machine='\\076' ;; arm64) machine='\\267' ;; *) machine='\\050' ;; "
          "esac\n"
          "[ \"$1\" = \"" +
              architecture() +
              "\" ] ||\n"
              "  printf \"$machine\" | dd of=\"$file\" bs=1 seek=18 conv=notrunc status=none\n");
    write("scripts/build-launcher",
          "#!/bin/sh\ncase $1 in windows*) set -- \"$1.exe\" ;; esac\n"
          "strip -o dist/gitea-release-launcher-$1 '" GITEA_RELEASE "'\n");
    write("scripts/build-python",
          "#!/bin/sh\necho wheel >dist/release_updater-$1-py3-none-any.whl\n");
    const fs::path security = path() / "SECURITY.md";
    const std::string text = read_file(security);
    std::ofstream(security) << support::replaced(text, "@SECURITY_EMAIL@",
                                                 "security@gitea-release.org");
    const fs::path changelog = path() / "CHANGELOG.md";
    std::string changes = read_file(changelog);
    if (!has(changes, "## [" + own_version() + "]")) {
      changes = support::replaced(changes, "## [Unreleased]", "## [" + own_version() + "]");
      std::ofstream(changelog) << changes;
    }
    commit();
  }

  fs::path path() const { return directory_.path() / "clone"; }
  fs::path origin() const { return directory_.path() / "origin.git"; }
  void write(const std::string& name, const std::string& text) const {
    directory_.write("clone/" + name, text);
    fs::permissions(path() / name, fs::perms::owner_all);
  }
  void commit() const {
    REQUIRE(sh("cd clone && git add -A && git commit -q -m 'A commit' && git push -q origin main")
                .status == 0);
  }
  support::Ended release(const std::string& tag) const {
    return sh("cd clone && scripts/release " + tag + " --push");
  }
  /// "v1 COMMIT" for each tag of the bare repository.
  Names tags() const {
    return core::lines(
        sh("git -C origin.git for-each-ref --format='%(refname:short) %(objectname)' "
           "refs/tags")
            .output);
  }
  fs::path action_at(const std::string& tag) const {
    REQUIRE(
        sh("git -c advice.detachedHead=false clone -q --branch " + tag + " origin.git at-" + tag)
            .status == 0);
    return directory_.path() / ("at-" + tag);
  }

 private:
  static std::string architecture() {
#if defined(__aarch64__)
    return "arm64";
#else
    return "amd64";
#endif
  }
  support::Ended sh(const std::string& script) const {
    return support::Process({"/bin/sh", "-euc", script, source.string()},
                            {{"PATH", std::getenv("PATH")},
                             {"HOME", directory_.path().string()},
                             {"GIT_AUTHOR_NAME", "n"},
                             {"GIT_AUTHOR_EMAIL", "e@example.org"},
                             {"GIT_COMMITTER_NAME", "n"},
                             {"GIT_COMMITTER_EMAIL", "e@example.org"}},
                            directory_.path(), directory_ / "log")
        .wait();
  }

  TempDir directory_;
};

std::string without_last_number(const std::string& version) {
  return version.substr(0, version.rfind('.'));
}

}  // namespace

TEST_CASE(
    "scripts/release makes the tags, jobs use the action by them, and our workflow publishes") {
  const Clone clone;
  const std::string tag = "v" + own_version();
  const std::string minor = without_last_number(tag);
  const std::string major = without_last_number(minor);
  const auto released = clone.release(tag);
  INFO(released.output);
  REQUIRE(released.status == 0);
  const Names tags = clone.tags();
  REQUIRE(tags.size() == 3);
  const std::string commit = tags.front().substr(tags.front().find(' '));
  CHECK(tags == Names{major + commit, minor + commit, tag + commit});
  CHECK(has(clone.release(tag).output, "the tag " + tag + " exists already"));

  Project user;
  user.consumer.use_action(clone.action_at(major));
  user.push_tag(examples / "minimal.yml", "v5.0.0");
  CHECK(user.server.release("v5.0.0").names() == Names{"app-linux-amd64.tar.gz"});

  Project own;
  own.consumer.setting("PROJECT_CI", "true");
  own.consumer.serve(clone.origin());
  own.consumer.program("apt-get", "");
  // act would need a Docker engine for the container.
  const TempDir workflow;
  const std::string text = read_file(clone.path() / ".gitea/workflows/release.yml");
  const std::string path = workflow.write(
      "release.yml", support::replaced(text, "    container: debian:bookworm\n", ""));
  own.push_tag(path, tag);
  const support::Release release = own.server.release(tag);
  CHECK(release.names() == Names{"SHA256SUMS", "gitea-release-launcher-linux-amd64",
                                 "gitea-release-launcher-linux-arm64",
                                 "gitea-release-launcher-windows-amd64.exe",
                                 "gitea-release-linux-amd64", "gitea-release-linux-arm64",
                                 "gitea-release-linux-armv7", "gitea-release-windows-amd64.exe",
                                 "release_updater-" + own_version() + "-py3-none-any.whl"});
  CHECK_FALSE(release.draft);
  CHECK(has(release.body, "### Added"));
}

TEST_CASE("no tag is pushed if the action does not start from it") {
  const Clone clone;
  clone.write("bin/run", "#!/bin/sh\nexit 1\n");
  clone.commit();
  const auto released = clone.release("v" + own_version());
  INFO(released.output);
  CHECK(released.status == 2);
  CHECK(has(released.output, "nothing was pushed"));
  CHECK(clone.tags().empty());
}
