// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

/// The promised limit of resident memory; sanitizers need more.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long most_kib = 1024L * 1024;
#else
constexpr long most_kib = 16L * 1024;
#endif

}  // namespace

TEST_CASE("every file name arrives unchanged") {
  support::needs_this_system("files with '?' and quotation marks in their names");
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  const Names names = {"100% sure.txt", "a b+c#.txt", "it's \"quoted\".txt", "x%20y.txt",
                       "zürich &co;?.txt"};
  for (const std::string& name : names) job.file("dist/" + name, "content of " + name);
  const Run run = job.input("files", "dist/*").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").names() == names);
  for (const std::string& name : names) {
    CHECK(server.download("v1.0.0", name).body == "content of " + name);
  }
  CHECK(job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("tags with slashes and non-ASCII letters work", "[profiles]") {
  Server server;
  for (const std::string tag : {"app/v1.0.0", "v1#2", "v1.0.0+build.5", "größe-1", "v1%2F2"}) {
    Workspace job(server, tag);
    job.file("a.txt", "a");
    job.on_branch().input("tag_name", tag).input("files", "a.txt");
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    CHECK(server.release(tag).names() == Names{"a.txt"});
    CHECK(server.download(tag, "a.txt").body == "a");
    CHECK(job.publish().outputs.at("state") == "unchanged");
  }
}

TEST_CASE("two files of the same size that swapped their contents are both uploaded again") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "one").file("b.txt", "two").input("files", "*.txt");
  REQUIRE(job.publish().status == 0);
  job.file("a.txt", "two").file("b.txt", "one");
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(server.download("v1.0.0", "a.txt").body == "two");
  CHECK(server.download("v1.0.0", "b.txt").body == "one");
}

TEST_CASE("an empty file is uploaded like any other", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  for (const char* encoding : {"multipart", "raw"}) {
    if (encoding == std::string("raw") && server.profile() == "gitea-1.20") continue;
    Workspace job(server, "v1.0.0");
    const std::string name = std::string(encoding) + ".empty";
    job.file(name, "");
    const Run run = job.input("files", name).input("upload_encoding", encoding).publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    CHECK(server.release("v1.0.0").asset(name).size == 0);
  }
}

TEST_CASE("raw uploads have the same result as multipart uploads", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  const std::string content = std::string(3'000'000, 'x') + "end";
  job.file("big name.bin", content).file("a;b.bin", "semicolon");
  const Run run = job.input("files", "*.bin").input("upload_encoding", "raw").publish();
  INFO(run.log);
  if (server.profile() == "gitea-1.20") {
    CHECK(run.status == 2);
    CHECK(run.log.find("upload_encoding: multipart") != std::string::npos);
    return;
  }
  REQUIRE(run.status == 0);
  CHECK(server.download("v1.0.0", "big name.bin").body == content);
  CHECK(server.download("v1.0.0", "a;b.bin").body == "semicolon");
}

TEST_CASE("250 assets are published, and kept by the next run") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  for (int i = 0; i < 250; ++i) {
    job.file("dist/" + std::to_string(i) + ".bin", "content " + std::to_string(i));
  }
  job.input("files", "dist/*").input("jobs", "4");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").assets.size() == 250);
  CHECK(run.peak_kib < most_kib);
  const Run again = job.publish();
  INFO(again.log);
  REQUIRE(again.status == 0);
  CHECK(server.release("v1.0.0").assets.size() == 250);
}

TEST_CASE("a file above 4 GiB is uploaded in constant memory") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  constexpr std::uint64_t size = std::uint64_t{5} << 30;
  server.set("{\"max_size_bytes\": null}");
  job.sparse_file("large.img", size);
  const Run run = job.input("files", "large.img").publish();
  INFO(run.log);
  if (support::tests_32_bit_program()) {
    CHECK(run.status == 2);
    CHECK(run.log.find("large.img has 5.0 GiB; this program uploads at most 4.0 GiB") !=
          std::string::npos);
    CHECK_FALSE(server.has_release("v1.0.0"));
    return;
  }
  REQUIRE(run.status == 0);
  CHECK(server.release("v1.0.0").asset("large.img").size == size);
  CHECK(run.peak_kib < most_kib);
}
