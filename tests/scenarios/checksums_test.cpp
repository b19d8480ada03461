// SPDX-License-Identifier: MIT
// SHA256SUMS and the other checksum files, checked with coreutils.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/server.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// Downloads the assets and runs the real `sha256sum -c` on them.
void check_with(const std::string& program, const std::string& sums, Server& server,
                const std::vector<std::string>& names) {
  const TempDir directory;
  for (const std::string& name : names) {
    directory.write(name, server.download("v1.0.0", name).body);
  }
  directory.write(sums, server.download("v1.0.0", sums).body);
  const std::string command =
      "cd '" + directory.path().string() + "' && " + program + " --strict --status -c " + sums;
  CHECK(std::system(command.c_str()) == 0);
  std::ifstream file(directory.path() / sums);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  CHECK(lines == names.size());
}

Workspace job_with(const Server& server, const std::string& file, const std::string& content) {
  Workspace job(server, "v1.0.0");
  job.file(file, content);
  job.input("files", file).input("checksums", "sha256");
  return job;
}

}  // namespace

TEST_CASE("sha256sum, sha512sum and md5sum accept the checksum files") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.file("dist/a.txt", "a\n").file("dist/b with blanks.txt", "b\n");
  job.input("files", "dist/*").input("checksums", "sha256, sha512").input("md5sum", "true");
  server.create_tag("v1.0.0");

  const Run run = job.publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  const std::vector<std::string> files = {"a.txt", "b with blanks.txt"};
  check_with("sha256sum", "SHA256SUMS", server, files);
  check_with("sha512sum", "SHA512SUMS", server, files);
  check_with("md5sum", "MD5SUMS", server, files);

  const Run again = job.publish();
  INFO(again.log);
  CHECK(again.outputs.at("state") == "unchanged");
}

TEST_CASE("per-file: each asset gets a file that sha256sum accepts, whichever job brought it") {
  Server server;
  server.create_tag("v1.0.0");
  for (const char* file : {"a.txt", "b.txt"}) {
    Workspace job = job_with(server, file, "content\n");
    job.input("checksums", "sha256, per-file").input("required_files", "a.txt\nb.txt");
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
  }
  CHECK(server.release("v1.0.0").names() ==
        std::vector<std::string>{"SHA256SUMS", "a.txt", "a.txt.sha256", "b.txt", "b.txt.sha256"});
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt", "b.txt"});
  check_with("sha256sum", "a.txt.sha256", server, {"a.txt"});
  check_with("sha256sum", "b.txt.sha256", server, {"b.txt"});
  Workspace again = job_with(server, "a.txt", "content\n");
  again.input("checksums", "sha256, per-file").input("required_files", "a.txt\nb.txt");
  CHECK(again.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("per-file: a file that the run would write itself is refused among 'files'") {
  Server server;
  Workspace job = job_with(server, "a.txt.sha256", "x");
  const Run run = job.input("checksums", "sha256, per-file").publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("checksums: 'files' contains a.txt.sha256") != std::string::npos);
}

TEST_CASE("checksums cover other jobs' uploads and are written only when they change") {
  Server server;
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "a.txt", "a\n").publish().status == 0);
  const auto first = server.release("v1.0.0").asset("SHA256SUMS").id;
  REQUIRE(job_with(server, "a.txt", "a\n").publish().status == 0);
  CHECK(server.release("v1.0.0").asset("SHA256SUMS").id == first);

  REQUIRE(job_with(server, "b.txt", "b\n").publish().status == 0);
  CHECK(server.release("v1.0.0").names() ==
        std::vector<std::string>{"SHA256SUMS", "a.txt", "b.txt"});
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt", "b.txt"});

  REQUIRE(job_with(server, "a.txt", "a, built again\n").publish().status == 0);
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt", "b.txt"});
}

TEST_CASE("an asset with unknown content is left out of the checksums, with a warning") {
  Server server;
  server.create_tag("v1.0.0");
  const auto release = server.create_release(R"({"tag_name":"v1.0.0","name":"v1.0.0"})");
  server.upload(release.id, "by hand.bin", "whatever");

  const Run run = job_with(server, "a.txt", "a\n").publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(run.log.find("::warning::SHA256SUMS does not list by hand.bin: its digest is unknown") !=
        std::string::npos);
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt"});
}

TEST_CASE("SHA-512 of another job's files is unknown, and no incomplete file is written") {
  Server server;
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "a.txt", "a\n").publish().status == 0);

  const Run run = job_with(server, "b.txt", "b\n").input("checksums", "sha512").publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(run.log.find("::warning::SHA512SUMS was not written: this run does not upload a.txt") !=
        std::string::npos);
  CHECK(server.release("v1.0.0").names() ==
        std::vector<std::string>{"SHA256SUMS", "a.txt", "b.txt"});
}

TEST_CASE(
    "with required_files the job that completes the set writes the checksums before it publishes") {
  Server server;
  server.create_tag("v1.0.0");
  const auto job = [&](const char* file) {
    Workspace one = job_with(server, file, file);
    one.input("required_files", "a.txt\nb.txt\nc.txt");
    return one;
  };
  REQUIRE(job("a.txt").publish().status == 0);
  REQUIRE(job("b.txt").publish().status == 0);
  for (const std::string& name : server.release("v1.0.0").names()) CHECK(name != "SHA256SUMS");
  const Run run = job("c.txt").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").names() ==
        std::vector<std::string>{"SHA256SUMS", "a.txt", "b.txt", "c.txt"});
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt", "b.txt", "c.txt"});

  const Run rebuilt = job_with(server, "b.txt", "b, built again")
                          .input("required_files", "a.txt\nb.txt\nc.txt")
                          .publish();
  INFO(rebuilt.log);
  REQUIRE(rebuilt.status == 0);
  check_with("sha256sum", "SHA256SUMS", server, {"a.txt", "b.txt", "c.txt"});
}

TEST_CASE("an unknown word in 'checksums' is an error before any write") {
  Server server;
  const Run run = job_with(server, "a.txt", "a\n").input("checksums", "sha1").publish();
  CHECK(run.status == 2);
  CHECK(run.log.find("checksums: 'sha1' is not one of sha256, sha512, md5") != std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}

TEST_CASE("'checksums_name' gives the checksum files names that the server accepts") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.set(R"({"allowed_types":".txt"})");
  Workspace job = job_with(server, "a.txt", "a\n");
  job.input("checksums", "sha256 sha512");

  const Run refused = job.publish();
  INFO(refused.log);
  CHECK(refused.status == 2);
  CHECK(refused.log.find("'checksums_name: checksums-{algorithm}.txt'") != std::string::npos);
  CHECK(server.release("v1.0.0").draft);

  job.input("checksums_name", " checksums-{algorithm}.txt ");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() ==
        std::vector<std::string>{"a.txt", "checksums-sha256.txt", "checksums-sha512.txt"});
  check_with("sha256sum", "checksums-sha256.txt", server, {"a.txt"});
  check_with("sha512sum", "checksums-sha512.txt", server, {"a.txt"});
  CHECK(job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("an invalid checksums_name is an error before any request") {
  Server server;
  struct Case {
    const char* name;
    const char* message;
  };
  for (const Case& bad :
       {Case{"sums.txt",
             "checksums_name: 'sums.txt' gives the same name to the files of 2 algorithms"},
        Case{"a.{algo}",
             "checksums_name: 'a.{algo}' contains braces other than {algorithm} and {ALGORITHM}"},
        Case{"dist/{algorithm}", "checksums_name: 'dist/sha256' contains a slash"},
        Case{"a.txt",
             "checksums_name: 'a.txt' gives the same name to the files of 2 algorithms"}}) {
    Workspace job = job_with(server, "a.txt", "a\n");
    const Run run =
        job.input("checksums", "sha256 md5").input("checksums_name", bad.name).publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find(bad.message) != std::string::npos);
  }
  Workspace job = job_with(server, "sums-sha256.txt", "a\n");
  const Run clash = job.input("checksums_name", "sums-{algorithm}.txt").publish();
  INFO(clash.log);
  CHECK(clash.status == 2);
  CHECK(clash.log.find("checksums: 'files' already contains a file named sums-sha256.txt") !=
        std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}
