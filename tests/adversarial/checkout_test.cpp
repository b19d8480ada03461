// SPDX-License-Identifier: MIT
// A malicious checkout: credentials within reach, a configuration file that asks for files of
// others, a working directory that leads elsewhere, and files that are swapped.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "adversarial/attack.hpp"
#include "adversarial/inert.hpp"
#include "in_thread.hpp"
#include "reads.hpp"
#include "support/proxy.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::Attack;
using adversarial::check_harmless;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

/// The files as actions/checkout leaves them.
const std::string credentials = "[http]\n\textraheader = AUTHORIZATION: basic c2VjcmV0\n";

constexpr const char* git_is_never_read =
    "files in a .git directory are never read, uploaded or written";

/// A run that must end soon.
Run run_soon(Workspace& job, const Texts& arguments = {}) {
  const auto process = job.start(arguments);
  REQUIRE(process->ends_within(std::chrono::seconds(20)));
  return job.result_of(*process);
}

bool has(const Run& run, const std::string& words) {
  return run.log.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the credentials of a checkout are never published, whatever pattern is used") {
  Attack attack;
  for (const std::string files : {".git/config => x.txt", "dist/x", "**/conf*", ".g*/**", "**/.*",
                                  ".git/**", "dist/*", "*/config"}) {
    for (const std::string notes : {"", "RELEASE_NOTES.md"}) {
      INFO(files << " " << notes);
      Workspace job(attack.server, "v1.0.0");
      job.file(".git/config", credentials).file("dist/good", "good").file("sub/.git", "gitdir: x");
      fs::create_symlink("../.git/config", job.path() / "dist/x");
      fs::create_directory_symlink(".git", job.path() / "git");
      if (!notes.empty()) fs::create_symlink(".git/config", job.path() / notes);
      const Run run = run_soon(job.input("files", files));
      check_harmless(run, attack.server);
      CHECK(run.status == 2);
      CHECK_FALSE(has(run, "c2VjcmV0"));
      CHECK((has(run, git_is_never_read) || has(run, "matches nothing")));
      CHECK((has(run, git_is_never_read) || notes.empty()));
    }
  }
  CHECK_FALSE(attack.server.has_release("v1.0.0"));
}

TEST_CASE("a wildcard never matches a file name that begins with a dot") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file(".env", "PASSWORD=x").file("app", "a").file("d/.hidden", "h").file("d/b", "b");
  job.file(".venv/c", "c").file(".git/config", credentials);
  CHECK(job.input("files", "*\n**").publish().status == 0);
  CHECK(server.release("v1.0.0").names() == Texts{"app", "b"});
  CHECK(job.input("files", ".env\nd/.h*\n.venv/*").publish().status == 0);
  CHECK(server.release("v1.0.0").names() == Texts{".env", ".hidden", "app", "b", "c"});
}

TEST_CASE("a file may not have the name of an announcement") {
  Attack attack;
  const std::string name = ".sha256.50." + std::string(64, 'a');
  attack.job.file(name, "").file("b", "b");
  for (const std::string& files : Texts{name, ".sha*", "b => " + name, "b => " + name + ".b"}) {
    INFO(files);
    const Run run = run_soon(attack.job.input("files", files));
    check_harmless(run, attack.server);
    CHECK(run.status == 2);
    CHECK(has(run, "is reserved for this action's own assets. Give it a different name"));
  }
  CHECK_FALSE(attack.server.has_release("v1.0.0"));
}

TEST_CASE("a path that a configuration file may not use is not even examined") {
  Attack attack;
  const TempDir outside;
  outside.write("sub/id_rsa");
  REQUIRE(mkfifo((outside / "pipe").c_str(), 0600) == 0);
  const Texts lines = {"body_path: /dev/zero",
                       "body_path: " + (outside / "pipe"),
                       "changelog_path: ../outside/pipe",
                       "files: '/**'",
                       "files: [a.txt, '" + (outside / "**") + "']",
                       "files: '" + (outside / "id_rs") + "'",
                       "files: '~/**'",
                       "files: '{a.txt," + (outside / "*") + "}'",
                       "files: '../**'",
                       "files: 'a/../../*'"};
  for (const std::string& line : lines) {
    INFO(line);
    Workspace job(attack.server, "v1.0.0");
    job.file("a.txt", "a").file(".gitea/release.yml", line + "\n");
    Reads reads(outside, {".", "sub"});
    const Run run = run_soon(job);
    check_harmless(run, attack.server);
    CHECK(run.status == 2);
    CHECK(has(run,
              "may lead out of the workspace, which is not allowed because this file comes from "
              "the checkout"));
    CHECK_FALSE(has(run, "id_rsa"));
    CHECK(reads.counts() == std::map<std::string, int>{{".", 0}, {"sub", 0}});
  }
  CHECK_FALSE(attack.server.has_release("v1.0.0"));
}

TEST_CASE("a configuration file that names a pipe, a device or an outside link fails at once") {
  Attack attack;
  Workspace& job = attack.job;
  REQUIRE(mkfifo((job.path() / "pipe").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", job.path() / "zero");
  for (const std::string name : {"body_path", "changelog_path", "files"}) {
    for (const auto& [path, words] : std::map<std::string, std::string>{
             {"pipe", "is a named pipe"}, {"zero", "outside the workspace"}}) {
      job.file(".gitea/release.yml", name + ": " + path + "\n").input("files", "");
      const Run run = run_soon(job);
      check_harmless(run, attack.server);
      CHECK(run.status == 2);
      CHECK(has(run, words));
    }
  }
}

TEST_CASE("every command rejects a working directory that the checkout redirects elsewhere") {
  Attack attack;
  const TempDir outside;
  outside.write("x/package.json", R"({"version": "6.6.6"})");
  outside.write("x/a.txt", "secret of the runner");
  outside.write("NOTES.md", "secret of the runner");
  fs::create_directory_symlink(outside.path() / "x", attack.job.path() / "app");
  attack.job.input("working_directory", "app").input("files", "*");
  for (const Texts& arguments : {Texts{},
                                 {"--body-path", "../NOTES.md"},
                                 {"--config", "../NOTES.md"},
                                 {"version"},
                                 {"version", "--stamp", "package.json"},
                                 {"version", "--stamp", "../a => (x)"},
                                 {"notes", "--notes-path", "N.md"},
                                 {"init", "--kind", "docker"}}) {
    INFO((arguments.empty() ? "publish" : arguments.back()));
    const Run run = run_soon(attack.job, arguments);
    check_harmless(run, attack.server);
    CHECK(run.status == 2);
    CHECK(has(run, "::error::working_directory: " + (attack.job.path() / "app").string() +
                       " is a symbolic link to "));
    CHECK_FALSE(has(run, "secret of the runner"));
    CHECK_FALSE(has(run, "6.6.6"));
  }
  CHECK(support::read_file(outside / "x/package.json") == R"({"version": "6.6.6"})");
  CHECK_FALSE(fs::exists(outside / "x/N.md"));
  CHECK_FALSE(fs::exists(outside / "x/Dockerfile"));
  attack.job.input("working_directory", outside / "x").input("files", "a.txt");
  CHECK(run_soon(attack.job).status == 0);  // because the workflow allows it
}

TEST_CASE("manifests that the checkout redirects elsewhere are neither read nor stamped") {
  Attack attack;
  const TempDir outside;
  const std::string victim =
      outside.write("pyproject.toml", "[project]\nname = \"x\"\nversion = \"6.6.6\"\n");
  for (const Texts& arguments :
       {Texts{"version"},
        {"version", "--version-file", "pyproject.toml"},
        {"version", "--tag-name", "v2.0.0", "--stamp", "pyproject.toml"},
        {"version", "--tag-name", "v2.0.0", "--stamp", "pyproject.toml => version = \"(.*)\""}}) {
    INFO(arguments.back());
    Workspace job(attack.server, "v1.0.0");
    fs::create_symlink(victim, job.path() / "pyproject.toml");
    const Run run = run_soon(job.on_branch(), arguments);
    check_harmless(run, attack.server);
    CHECK(run.status == 2);
    CHECK(has(run, "outside the workspace"));
  }
  CHECK(support::read_file(victim).find("6.6.6") != std::string::npos);
}

TEST_CASE("every command reports a workspace that is unreadable or missing") {
  Server server;
  server.create_tag("v1.0.0");
  without_privileges([&] {
    for (const Texts& arguments : {Texts{}, {"notes", "--notes-path", "x"}, {"version"}}) {
      Workspace job(server, "v1.0.0");
      job.on_branch().input("tag_name", arguments == Texts{"version"} ? "" : "v1.0.0");
      const TempDir other;
      job.variable("GITHUB_WORKSPACE", other.path());
      fs::permissions(other.path(), fs::perms::none);
      const Run closed = run_soon(job, arguments);
      check_harmless(closed, server);
      CHECK(closed.status == 2);
      CHECK(has(closed, " (Permission denied). Give the user that runs this job"));
      CHECK_FALSE(has(closed, "unexpected"));
      const Run gone = run_soon(job.variable("GITHUB_WORKSPACE", other / "none"), arguments);
      CHECK(gone.status == 2);
      CHECK(has(gone, "::error::the workspace: " + (other / "none") + " cannot be"));
    }
  });
}

TEST_CASE("files that are swapped between the check and the upload are not sent") {
  const TempDir outside;
  const std::string secret = outside.write("secret", "abc");
  const std::map<std::string, std::function<void(const fs::path&)>> changes = {
      {"written anew", [](const fs::path& file) { std::ofstream(file) << "xyz"; }},
      {"a link out",
       [&](const fs::path& file) {
         fs::remove(file);
         fs::create_symlink(secret, file);
       }},
      {"a link in its directory's place",
       [&](const fs::path& file) {
         fs::remove_all(file.parent_path());
         fs::create_directory_symlink(outside.path(), file.parent_path());
       }},
      {"a named pipe",
       [](const fs::path& file) {
         fs::remove(file);
         REQUIRE(mkfifo(file.c_str(), 0600) == 0);
       }},
      {"removed", [](const fs::path& file) { fs::remove(file); }},
  };
  for (const auto& [name, change] : changes) {
    INFO(name);
    Server server;
    support::Proxy proxy;
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    Workspace job(server, "v1.0.0");
    job.file("d/secret", "abc").file("NOTES.md", "Notes");
    job.sparse_file("large.bin", std::uint64_t{4} << 20);
    job.variable("http_proxy", proxy.url()).input("body_path", "NOTES.md");
    job.input("files", "large.bin\nd/*").input("jobs", "1");
    proxy.pause_after(std::uint64_t{1} << 20);
    const auto process = job.start();
    proxy.wait_until_paused();
    change(job.path() / "d/secret");
    fs::remove(job.path() / "NOTES.md");  // it has already been read
    proxy.resume();
    REQUIRE(process->ends_within(std::chrono::seconds(20)));
    const Run run = job.result_of(*process);
    check_harmless(run, server);
    CHECK(run.status == 1);
    CHECK((has(run, "changed since this run checked it") ||
           has(run, "could be read when this run started, but cannot be read now")));
    CHECK(server.release("v1.0.0").draft);
    CHECK(server.release("v1.0.0").names() == Texts{"large.bin"});
    CHECK(run.outputs.at("body") == "Notes");
  }
}
