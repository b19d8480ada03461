// SPDX-License-Identifier: MIT
// The exact number of requests and bytes for a release: docs/performance.md has the table.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "sanitized.hpp"
#include "support/rules.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

constexpr std::size_t size = 1000;

std::string content(char letter) { return std::string(size, letter); }

/// A job with the files 0.bin, 1.bin, …
class Job {
 public:
  explicit Job(std::size_t count) : job_(server_, "v1.0.0") {
    server_.needs_sandbox();
    server_.create_tag("v1.0.0");
    for (std::size_t i = 0; i < count; ++i) file(i, 'a');
    job_.input("files", "*.bin").input("fail_on_unmatched_files", "false");
  }

  void file(std::size_t number, char letter) {
    job_.file(fmt::format("{}.bin", number), content(letter));
  }

  void input(const std::string& name, const std::string& value) { job_.input(name, value); }

  std::vector<Logged> publish() {
    server_.forget_requests();
    const Run run = job_.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    return server_.requests();
  }

 private:
  Server server_;
  Workspace job_;
};

std::size_t count(const std::vector<Logged>& log, const std::string& method) {
  return static_cast<std::size_t>(std::count_if(
      log.begin(), log.end(), [&](const Logged& one) { return one.method == method; }));
}

std::vector<Logged> uploads_of(std::vector<Logged> log) {
  std::erase_if(log, [](const Logged& one) { return !support::is_upload(one); });
  return log;
}

}  // namespace

TEST_CASE("a new release with N files costs N + 7 requests") {
  const std::size_t files = GENERATE(1U, 2U, 10U, 100U);
  Job job(files);
  const auto log = job.publish();
  CHECK(log.size() == files + 7);
  CHECK(uploads_of(log).size() == files);
  CHECK(count(log, "PATCH") == 1);
}

TEST_CASE("with a new tag the repository is read before and the tag afterwards: N + 10 requests") {
  const std::size_t files = GENERATE(1U, 10U);
  Server server;
  server.needs_sandbox();
  Workspace job(server, "v1.0.0");
  for (std::size_t i = 0; i < files; ++i) job.file(fmt::format("{}.bin", i), content('a'));
  job.on_branch().input("tag_name", "v1.0.0").input("files", "*.bin");
  job.variable("GITHUB_SHA", server.commit()).input("token", server.job_token());
  server.forget_requests();
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.requests().size() == files + 10);
}

TEST_CASE("a run whose N files are already published costs 2 requests and uploads nothing") {
  const std::size_t files = GENERATE(1U, 10U, 100U);
  Job job(files);
  job.publish();
  const auto log = job.publish();
  CHECK(log.size() == 2);
  for (const Logged& one : log) {
    CHECK(one.method == "GET");
    CHECK(one.body_bytes == 0);
  }
}

TEST_CASE("replacing K of N files costs 2 K + 6 requests, and uploads only those K") {
  const std::size_t files = 20;
  const std::size_t replaced = GENERATE(1U, 5U, 20U);
  Job job(files);
  job.publish();
  for (std::size_t i = 0; i < replaced; ++i) job.file(i, 'b');
  const auto log = job.publish();
  CHECK(log.size() == 2 * replaced + 6);
  CHECK(uploads_of(log).size() == replaced);
  CHECK(count(log, "DELETE") == replaced);
}

TEST_CASE("SHA256SUMS costs 2 more requests for a new release, and 3 when files are replaced") {
  const std::size_t files = GENERATE(1U, 10U);
  Job job(files);
  job.input("checksums", "sha256");
  CHECK(job.publish().size() == files + 9);
  CHECK(job.publish().size() == 2);
  job.file(0, 'b');
  CHECK(job.publish().size() == 11);
}

TEST_CASE("with more files than fit into the notes SHA256SUMS is read as well: 4 requests") {
  const std::size_t files = 1'150;
  const bool with_sums = GENERATE(true, false);
  Job job(files);
  if (with_sums) job.input("checksums", "sha256");
  const std::size_t requests = job.publish().size();
  // A run that takes minutes, as with a sanitizer, looks at the tag and the draft again in between.
  if (!support::sanitized) CHECK(requests == files + (with_sums ? 9 : 7));
  const auto log = job.publish();
  CHECK(log.size() == (with_sums ? 4 : 2));
  CHECK(uploads_of(log).empty());
}

TEST_CASE("a job of a set costs 7 requests, the first one 8, and the last one N + 12") {
  const std::size_t jobs = GENERATE(2U, 5U, 8U);
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  std::string required;
  for (std::size_t i = 0; i < jobs; ++i) required += fmt::format("{}.bin\n", i);
  for (std::size_t i = 0; i < jobs; ++i) {
    Workspace job(server, "v1.0.0");
    job.file(fmt::format("{}.bin", i), content('a')).input("files", "*.bin");
    job.input("required_files", required).input("checksums", "sha256");
    server.forget_requests();
    const Run run = job.publish();
    INFO(i << " of " << jobs << "\n" << run.log);
    REQUIRE(run.status == 0);
    const bool is_last = i + 1 == jobs;
    CHECK(server.requests().size() == (is_last ? jobs + 12 : i == 0 ? 8 : 7));
  }
}

TEST_CASE("a multipart upload sends 215 bytes besides the file, a raw upload none") {
  const auto [encoding, form] =
      GENERATE(table<std::string, std::size_t>({{"multipart", 215}, {"raw", 0}}));
  Job job(3);
  job.input("upload_encoding", encoding);
  for (const Logged& one : uploads_of(job.publish())) CHECK(one.body_bytes == size + form);
}

TEST_CASE("the data sent besides the files grows by 90 bytes per file, up to 64 KiB") {
  const std::size_t files = GENERATE(1U, 10U, 100U, 400U);
  Job job(files);
  std::uint64_t bytes = 0;
  for (const Logged& one : job.publish()) {
    if (!support::is_upload(one)) bytes += one.body_bytes;
  }
  INFO(files << " " << bytes);
  CHECK(bytes < std::min<std::size_t>(64 * 1024, 500 + 90 * files));
}
