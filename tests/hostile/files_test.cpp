// SPDX-License-Identifier: MIT
// Files as enemies: links out of the workspace, files that change while they are sent, a disk that
// is full.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "hostile/inert.hpp"
#include "support/proxy.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using hostile::check_harmless;
using support::Proxy;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t large = std::uint64_t{32} << 20;
constexpr std::uint64_t part = std::uint64_t{1} << 20;

/// A job whose upload of a large file stops in the middle until it is told to go on.
struct Upload {
  Upload() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.sparse_file("large.bin", large);
    job.variable("http_proxy", proxy.url()).input("files", "large.bin").input("retries", "0");
    proxy.pause_after(part);
  }

  /// Runs the job; `change` is called while part of the file has been sent.
  template <typename Change>
  std::unique_ptr<support::Process> start(const Change& change) {
    auto process = job.start();
    proxy.wait_until_paused();
    change(job.path() / "large.bin");
    proxy.resume();
    return process;
  }
  template <typename Change>
  Run run(const Change& change) {
    return job.result_of(*start(change));
  }

  void check_unpublished(const Run& run) {
    check_harmless(run, server);
    CHECK(run.status == 1);
    CHECK(run.log.find("large.bin changed while it was being uploaded") != std::string::npos);
    CHECK(run.log.find("Publish it once it is written completely") != std::string::npos);
    CHECK(server.release("v1.0.0").draft);
    CHECK(server.release("v1.0.0").assets.empty());
    CHECK(run.outputs.at("draft") == "true");
  }

  Server server;
  Proxy proxy;
  Workspace job;
};

std::string read_notes(const Run& run) { return run.outputs.at("body"); }

}  // namespace

TEST_CASE("a file that shrinks while it is sent is an error, and nothing is published") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::resize_file(file, part); });
  upload.check_unpublished(run);
  const Run again = upload.job.publish();
  CHECK(again.status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == part);
}

TEST_CASE("a file that grows while it is sent is an error, and nothing is published") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::resize_file(file, large + 1); });
  upload.check_unpublished(run);
  CHECK(upload.job.publish().status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == large + 1);
}

TEST_CASE("a file that is gone while it is sent is sent nevertheless: it is open") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::remove(file); });
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == large);
}

TEST_CASE("an output file that cannot be written any more at the end is an error, told loudly") {
  Upload upload;
  const fs::path output = upload.job.path().parent_path() / "output";
  const auto process = upload.start([&](const fs::path&) {
    fs::remove(output);
    fs::create_symlink("/dev/full", output);
  });
  const support::Ended run = process->wait();
  CHECK(run.status == 2);
  CHECK(run.output.find("the job's outputs cannot be written to " + output.string() +
                        " (No space left on device)") != std::string::npos);
  CHECK_FALSE(upload.server.release("v1.0.0").draft);
}

TEST_CASE("with a full disk for the outputs nothing is begun") {
  Server server;
  Workspace job(server, "v1.0.0");
  const support::Ended run = job.variable("GITHUB_OUTPUT", "/dev/full").start()->wait();
  CHECK(run.status == 2);
  CHECK(run.output.find("No space left on device") != std::string::npos);
  CHECK(run.output.find("container") == std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("a summary that cannot be written is no reason to fail") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  CHECK(job.variable("GITHUB_STEP_SUMMARY", "/dev/full").start()->wait().status == 0);
}

TEST_CASE("a link out of the workspace is not published, as a file or as notes") {
  Server server;
  const TempDir outside;
  const std::string secret = outside.write("id_rsa", "a secret of the runner");
  const auto attempt = [&](const std::string& link, const std::string& input,
                           const std::string& value) {
    INFO(link << " with " << input << ": " << value);
    Workspace job(server, "v1.0.0");
    fs::create_directories(job.path() / "docs");
    fs::create_symlink(secret, job.path() / link);
    fs::create_directory_symlink(outside.path(), job.path() / "elsewhere");
    const Run run = job.input(input, value).publish();
    check_harmless(run, server);
    CHECK(run.status == 2);
    CHECK(run.log.find("leads out of the workspace") != std::string::npos);
    CHECK(run.log.find("a secret of the runner") == std::string::npos);
  };
  attempt("link", "files", "link");
  attempt("link", "files", "elsewhere/id_rsa");
  attempt("RELEASE_NOTES.md", "files", "");
  attempt("docs/NOTES.md", "body_path", "docs/NOTES.md");
  attempt("docs/NOTES.md", "body_path", "elsewhere/id_rsa");
  attempt("CHANGELOG.md", "changelog_path", "CHANGELOG.md");
  attempt("docs/release.yml", "config", "docs/release.yml");
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("notes are not written through a link out of the workspace, nor by one to nothing") {
  Server server;
  server.create_tag("v1.0.0");
  const TempDir outside;
  const std::string file = outside.write("profile", "as it was");
  for (const std::string& target : {file, outside / "new"}) {
    INFO(target);
    Workspace job(server, "v1.0.0");
    fs::create_directories(job.path());
    fs::create_symlink(target, job.path() / "NOTES.md");
    const Run run = job.publish({"notes", "--notes-path", "NOTES.md"});
    check_harmless(run, server);
    CHECK(run.status == 2);
    CHECK(run.log.find("symbolic link") != std::string::npos);
  }
  CHECK(support::read_file(file) == "as it was");
  CHECK_FALSE(fs::exists(outside / "new"));
}

TEST_CASE("notes may come by a link inside the workspace, and from a path outside that is named") {
  Server server;
  server.create_tag("v1.0.0");
  const TempDir outside;
  Workspace job(server, "v1.0.0");
  job.file("docs/notes-1.0.md", "Inside");
  fs::create_symlink("docs/notes-1.0.md", job.path() / "RELEASE_NOTES.md");
  CHECK(read_notes(job.publish()) == "Inside");
  job.input("body_path", outside.write("notes.md", "Outside"));
  CHECK(read_notes(job.publish()) == "Outside");
}
