// SPDX-License-Identifier: MIT
// Several jobs fill one release: required_files.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

/// One of the jobs of a matrix: each uploads its own file, and all have the same list.
Workspace job_with(const Server& server, const std::string& file, const std::string& content) {
  Workspace job(server, "v1.0.0");
  job.file(file, content);
  job.input("files", file).input("required_files", "*-linux.tgz\n*-windows.zip\n*-macos.zip");
  return job;
}

std::size_t edits(Server& server) {
  const auto requests = server.requests();
  return static_cast<std::size_t>(
      std::count_if(requests.begin(), requests.end(),
                    [](const support::Logged& one) { return one.method == "PATCH"; }));
}

}  // namespace

TEST_CASE("jobs of a matrix fill one draft, and the job that completes the set publishes it") {
  Server server;
  server.create_tag("v1.0.0");
  const Run first = job_with(server, "app-linux.tgz", "linux").publish();
  const Run second = job_with(server, "app-windows.zip", "windows").publish();

  INFO(first.log << second.log);
  REQUIRE(first.status == 0);
  REQUIRE(second.status == 0);
  CHECK(server.release("v1.0.0").draft);
  CHECK(first.outputs.at("draft") == "true");
  CHECK(first.log.find("until an asset matches *-windows.zip, *-macos.zip") != std::string::npos);
  CHECK(second.log.find("until an asset matches *-macos.zip") != std::string::npos);
  if (server.is_sandbox()) CHECK(edits(server) == 0);  // two parallel edits would lose one of them

  const Run third = job_with(server, "app-macos.zip", "macos").publish();

  INFO(third.log);
  REQUIRE(third.status == 0);
  const auto release = server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"app-linux.tgz", "app-macos.zip", "app-windows.zip"});
  CHECK(third.outputs.at("assets").find("\"name\":\"app-linux.tgz\"") != std::string::npos);
  CHECK(third.outputs.at("assets").find("\"sha256\":\"\"") == std::string::npos);
}

TEST_CASE("nothing is deleted after a set is published, because a release may be immutable") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  for (const char* content : {"first", "again"}) {  // the second replaces a file
    Workspace job = job_with(server, "app-linux.tgz", content);
    REQUIRE(job.input("checksums", "sha256").publish().status == 0);
  }
  for (const char* file : {"app-windows.zip", "app-macos.zip"}) {
    Workspace job = job_with(server, file, file);
    REQUIRE(job.input("checksums", "sha256").publish().status == 0);
  }
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").assets.size() == 4);
  const auto requests = server.requests();
  const auto published = std::find_if(requests.begin(), requests.end(), [](const auto& one) {
    return one.body.find(R"("draft":false)") != std::string::npos;
  });
  REQUIRE(published != requests.end());
  CHECK(published->method == "PATCH");
  CHECK(std::none_of(published + 1, requests.end(), [](const auto& one) { return one.write(); }));
}

TEST_CASE("a job of the set that runs again uploads nothing, even before the set is complete") {
  Server server;
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "app-linux.tgz", "linux").publish().status == 0);
  const Run again = job_with(server, "app-linux.tgz", "linux").publish();
  INFO(again.log);
  REQUIRE(again.status == 0);
  CHECK(again.outputs.at("state") == "unchanged");

  REQUIRE(job_with(server, "app-windows.zip", "windows").publish().status == 0);
  REQUIRE(job_with(server, "app-macos.zip", "macos").publish().status == 0);
  const Run later = job_with(server, "app-linux.tgz", "linux").publish();
  INFO(later.log);
  CHECK(later.outputs.at("state") == "unchanged");
}

TEST_CASE("a job that failed and is repeated with another build replaces its file") {
  Server server;
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "app-linux.tgz", "linux").publish().status == 0);
  REQUIRE(job_with(server, "app-linux.tgz", "linux, built again").publish().status == 0);
  REQUIRE(job_with(server, "app-windows.zip", "windows").publish().status == 0);
  CHECK(server.release("v1.0.0").draft);
  REQUIRE(job_with(server, "app-macos.zip", "macos").publish().status == 0);

  const auto release = server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"app-linux.tgz", "app-macos.zip", "app-windows.zip"});
  CHECK(server.download("v1.0.0", "app-linux.tgz").body == "linux, built again");
}

TEST_CASE("a tag that moves between two jobs of the set starts the set over", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.push_tag("v1.0.0");
  REQUIRE(job_with(server, "app-linux.tgz", "linux").publish().status == 0);
  REQUIRE(job_with(server, "app-windows.zip", "windows").publish().status == 0);
  server.new_commit();
  server.push_tag("v1.0.0");

  const Run moved = job_with(server, "app-macos.zip", "macos of the new commit").publish();

  INFO(moved.log);
  REQUIRE(moved.status == 0);
  const auto release = server.release("v1.0.0");
  CHECK(release.draft);
  Names names = release.names();
  std::erase_if(names, [](const std::string& name) { return name.starts_with(".sha256."); });
  CHECK(names == Names{"app-macos.zip"});
}

TEST_CASE("draft: true takes precedence over a complete set") {
  Server server;
  server.create_tag("v1.0.0");
  for (const char* file : {"app-linux.tgz", "app-windows.zip", "app-macos.zip"}) {
    REQUIRE(job_with(server, file, file).input("draft", "true").publish().status == 0);
  }
  const auto release = server.release("v1.0.0");
  CHECK(release.draft);
  CHECK(release.names() == Names{"app-linux.tgz", "app-macos.zip", "app-windows.zip"});
  CHECK(release.body.find("being filled") == std::string::npos);
}

TEST_CASE(
    "a pattern that matches nothing in a published release is a warning, and the file is added") {
  Server server;
  server.create_tag("v1.0.0");
  server.create_release(R"({"tag_name":"v1.0.0","name":"v1.0.0"})");

  const Run run = job_with(server, "app-linux.tgz", "linux").publish();

  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(run.log.find("::warning::the release is already public, but no asset matches "
                     "*-windows.zip, *-macos.zip") != std::string::npos);
  CHECK(server.release("v1.0.0").names() == Names{"app-linux.tgz"});
}

TEST_CASE("required_files and a release that is published first contradict each other") {
  Server server;
  const Run run =
      job_with(server, "app-linux.tgz", "linux").input("upload_before_publish", "false").publish();
  CHECK(run.status == 2);
  CHECK(run.log.find("required_files and upload_before_publish: false contradict each other") !=
        std::string::npos);
  CHECK_FALSE(server.has_release("v1.0.0"));
}
