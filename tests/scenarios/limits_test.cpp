// SPDX-License-Identifier: MIT
// Texts that a server truncates, and notes that are too long: a second run changes nothing.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

/// Runs the job again, which must change nothing.
Run publish_again(Server& server, Workspace& job) {
  if (server.is_sandbox()) server.forget_requests();
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.outputs.at("state") == "unchanged");
  if (!server.is_sandbox()) return run;
  const auto requests = server.requests();
  CHECK(std::none_of(requests.begin(), requests.end(),
                     [](const support::Logged& one) { return one.write(); }));
  return run;
}

}  // namespace

TEST_CASE("a title that the server truncates is written once, with a warning in every run") {
  for (const std::string& title : {repeated("Ж", 175), repeated("漢", 150), repeated("T", 255)}) {
    Server server;
    server.create_tag("v1.0.0");
    Workspace job(server, "v1.0.0");
    job.file("a.txt", "a").input("files", "a.txt").input("name", title);
    const Run first = job.publish();
    INFO(title << "\n" << first.log);
    REQUIRE(first.status == 0);
    const std::string stored = server.release("v1.0.0").name;
    CHECK(stored.substr(0, 200) == title.substr(0, 200));
    const Run second = publish_again(server, job);
    for (const Run* run : {&first, &second}) {
      const bool is_told = run->log.find("shortened the title") != std::string::npos;
      CHECK(is_told == (stored != title));
    }
  }
}

TEST_CASE("notes without room for a record cause a warning, and no file is uploaded again") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a").file("b.txt", "b").file("notes.md", std::string(59'990, 'n'));
  job.input("files", "*.txt").input("body_path", "notes.md").input("downloads", "true");
  const Run first = job.publish();
  INFO(first.log);
  REQUIRE(first.status == 0);
  CHECK(first.log.find("the notes have room for the digests of only 0 of 2 assets") !=
        std::string::npos);
  CHECK(first.log.find("were shortened") != std::string::npos);  // there is no table either
  CHECK(server.release("v1.0.0").body == std::string(59'990, 'n'));
  const Run second = publish_again(server, job);
  CHECK(second.log.find("2 files were compared by name and size only") != std::string::npos);
}

// Gitea shows its limit for files of issues (100 MiB by default), and from 1.26 on releases have
// another one.
TEST_CASE("a file above the limit that the server shows is uploaded", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  job.sparse_file("app.img", std::uint64_t{101} << 20);
  const Run run = job.input("files", "app.img").publish();
  INFO(run.log);
  CHECK(run.status == 0);
}

TEST_CASE("a file above the limit for releases is refused by servers that have one", "[profiles]") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.set(R"({"max_size_bytes":1000})");
  Workspace job(server, "v1.0.0");
  job.file("app.img", std::string(1001, 'x'));
  const Run run = job.input("files", "app.img").publish();
  INFO(run.log);
  const bool limits = server.profile() >= "gitea-1.25";
  CHECK(run.status == (limits ? 2 : 0));
  CHECK((run.log.find("'[repository.release] FILE_MAX_SIZE'") != std::string::npos) == limits);
  CHECK((run.log.find("its limit is 1000 B") != std::string::npos) == limits);
}

// MAX_FILES (5 by default) counts only for uploads in the browser.
TEST_CASE("more files than MAX_FILES are uploaded", "[profiles]") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  for (int i = 0; i < 7; ++i) job.file("d/" + std::to_string(i), "content");
  const Run run = job.input("files", "d/*").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(server.release("v1.0.0").assets.size() == 7);
}

TEST_CASE("an unknown target is recognized in the words of every server", "[profiles]") {
  Server server;
  server.needs_sandbox();
  Workspace job(server, "v1.0.0");
  job.file("a.txt", "a").on_branch().input("tag_name", "v1.0.0").input("files", "a.txt");
  job.input("target_commitish", "0123456789abcdef0123456789abcdef01234567");
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("of the release does not exist on the server") != std::string::npos);
}

TEST_CASE("later runs recognize 300 small files") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  for (int i = 0; i < 300; ++i) job.file("d/" + std::to_string(i), std::to_string(1000 + i));
  job.input("files", "d/*");
  REQUIRE(job.publish().status == 0);
  const Run second = publish_again(server, job);
  CHECK(second.log.find("::warning::") == std::string::npos);
  if (server.is_sandbox()) CHECK(server.requests().size() == 2);
}

TEST_CASE("a set is filled on a server that accepts only some file extensions") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.set(R"({"allowed_types":".txt"})");
  for (const std::string file : {"a.txt", "b.txt"}) {
    Workspace job(server, "v1.0.0");
    job.file(file, file).input("files", file).input("required_files", "a.txt\nb.txt");
    const Run run = job.publish();
    INFO(run.log);
    CHECK(run.status == 0);
  }
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").names() == std::vector<std::string>{"a.txt", "b.txt"});
}
