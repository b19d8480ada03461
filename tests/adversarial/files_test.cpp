// SPDX-License-Identifier: MIT
// Malicious files: links that leave the workspace, files that change during their upload, a full
// disk.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "adversarial/inert.hpp"
#include "in_thread.hpp"
#include "support/proxy.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::check_harmless;
using support::Proxy;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t large = std::uint64_t{32} << 20;
constexpr std::uint64_t part = std::uint64_t{1} << 20;

/// A job whose upload of a large file pauses in the middle until it may continue.
struct Upload {
  Upload() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.sparse_file("large.bin", large);
    job.variable("http_proxy", proxy.url()).input("files", "large.bin").input("retries", "0");
    proxy.pause_after(part);
  }

  /// Runs the job; `change` is called when part of the file has been sent.
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
    CHECK(run.log.find("Run this step after the file is completely written") != std::string::npos);
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

TEST_CASE("a file that shrinks during its upload is an error, and nothing is published") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::resize_file(file, part); });
  upload.check_unpublished(run);
  const Run again = upload.job.publish();
  CHECK(again.status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == part);
}

TEST_CASE("a file that grows during its upload is an error, and nothing is published") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::resize_file(file, large + 1); });
  upload.check_unpublished(run);
  CHECK(upload.job.publish().status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == large + 1);
}

TEST_CASE("a file that is rewritten during its upload is an error, even at the same size") {
  Upload upload;
  upload.job.input("checksums", "sha512");
  const Run run = upload.run([](const fs::path& file) {
    std::fstream written(file, std::ios::in | std::ios::out | std::ios::binary);
    written.seekp(static_cast<std::streamoff>(large - part));
    written << std::string(part, 'x');
  });
  upload.check_unpublished(run);
  CHECK(upload.job.publish().status == 0);
  CHECK(upload.server.download("v1.0.0", "large.bin").body.ends_with("xxx"));
}

TEST_CASE("a file that is deleted during its upload is still sent, because it is open") {
  Upload upload;
  const Run run = upload.run([](const fs::path& file) { fs::remove(file); });
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(upload.server.release("v1.0.0").asset("large.bin").size == large);
}

TEST_CASE("an output file that becomes unwritable is reported as an error") {
  Upload upload;
  const fs::path output = upload.job.path().parent_path() / "output";
  const auto process = upload.start([&](const fs::path&) {
    fs::remove(output);
    fs::create_symlink("/dev/full", output);
  });
  const support::Ended run = process->wait();
  CHECK(run.status == 2);
  CHECK(run.output.find("the outputs of the step cannot be written to " + output.string() +
                        " (No space left on device)") != std::string::npos);
  CHECK_FALSE(upload.server.release("v1.0.0").draft);
}

TEST_CASE("a run does not begin if the disk for the outputs is full") {
  Server server;
  Workspace job(server, "v1.0.0");
  const support::Ended run = job.variable("GITHUB_OUTPUT", "/dev/full").start()->wait();
  CHECK(run.status == 2);
  CHECK(run.output.find("No space left on device") != std::string::npos);
  CHECK(run.output.find("container") == std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("an unwritable summary does not fail the run") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  CHECK(job.variable("GITHUB_STEP_SUMMARY", "/dev/full").start()->wait().status == 0);
}

TEST_CASE("an unreadable directory is an error if a pattern could match a file in it") {
  Server server;
  server.create_tag("v1.0.0");
  without_privileges([&] {
    Workspace job(server, "v1.0.0");
    job.file("dist/a.txt", "a").file("dist/closed/b.txt", "b").input("files", "dist/**");
    fs::permissions(job.path() / "dist/closed", fs::perms::none);
    const Run run = job.publish();
    fs::permissions(job.path() / "dist/closed", fs::perms::owner_all);
    check_harmless(run, server);
    CHECK(run.status == 2);
    CHECK(run.log.find((job.path() / "dist/closed").string() + " cannot be read") !=
          std::string::npos);
  });
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("a link that leaves the workspace is not published, neither as a file nor as notes") {
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
    CHECK(run.log.find("outside the workspace") != std::string::npos);
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

TEST_CASE("notes are not written through a link that leaves the workspace or leads nowhere") {
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

TEST_CASE("notes may come from a link inside the workspace, or from a named path outside") {
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
