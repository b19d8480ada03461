// SPDX-License-Identifier: MIT
// The Downloads table in the notes.
#include <catch2/catch_test_macros.hpp>

#include "has.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

using support::has;

namespace {

Workspace job_with(const Server& server, const std::string& file, const std::string& content) {
  Workspace job(server, "v1.0.0");
  job.file(file, content);
  job.input("files", file).input("downloads", "true");
  return job;
}

std::string link_of(const Server& server, const std::string& name) {
  const std::string path = "/releases/download/v1.0.0/" + name;
  return server.url() + "/" + server.repository() + path;
}

}  // namespace

TEST_CASE("the Downloads table follows the user's text and grows with the assets") {
  Server server;
  server.needs_sandbox();  // its own address is in the links
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "a.tgz", "12345").input("body", "My words.").publish().status == 0);
  const std::string first = server.release("v1.0.0").body;
  CHECK(
      first.starts_with("My words.\n\n<!-- gitea-release: downloads -->\n\n## Downloads\n\n"
                        "| File | Size | SHA-256 |\n|---|---:|---|\n"));
  CHECK(has(first, "| [a.tgz](" + link_of(server, "a.tgz") + ") | 5 B | `"));

  REQUIRE(job_with(server, "b.tgz", "123").publish().status == 0);
  const std::string second = server.release("v1.0.0").body;
  CHECK(second.starts_with("My words."));
  CHECK(has(second, "| [a.tgz]("));
  CHECK(has(second, "| [b.tgz](" + link_of(server, "b.tgz") + ") | 3 B | `"));

  const Run again = job_with(server, "b.tgz", "123").publish();
  INFO(again.log);
  CHECK(again.outputs.at("state") == "unchanged");
  CHECK(server.release("v1.0.0").body == second);
  CHECK(has(again.outputs.at("body"), "| [b.tgz]("));
  CHECK_FALSE(has(again.outputs.at("body"), "<!--"));
}

TEST_CASE("text that somebody adds around the table stays, and so does the table's position") {
  Server server;
  server.create_tag("v1.0.0");
  REQUIRE(job_with(server, "a.tgz", "12345").input("body", "Before.").publish().status == 0);
  auto release = server.release("v1.0.0");
  const std::string closing = "<!-- gitea-release: end of downloads -->";
  const auto end = release.body.find(closing) + closing.size();
  std::string edited = release.body.substr(0, end) + "\n\nAfter." + release.body.substr(end);
  for (auto at = edited.find('\n'); at != std::string::npos; at = edited.find('\n', at + 2)) {
    edited.replace(at, 1, "\\n");
  }
  server.edit_release(release.id, R"({"body":")" + edited + R"("})");

  REQUIRE(job_with(server, "b.tgz", "123").publish().status == 0);

  const std::string body = server.release("v1.0.0").body;
  INFO(body);
  CHECK(body.starts_with("Before.\n\n<!-- gitea-release: downloads -->"));
  CHECK(has(body, closing + "\n\nAfter.\n"));
  CHECK(has(body, "[b.tgz]("));
}

TEST_CASE("with required_files the table is added on publication and covers all jobs' files") {
  Server server;
  server.create_tag("v1.0.0");
  const auto job = [&](const char* file) {
    Workspace one = job_with(server, file, file);
    one.input("required_files", "a.txt\nb.txt");
    return one;
  };
  REQUIRE(job("a.txt").publish().status == 0);
  CHECK_FALSE(has(server.release("v1.0.0").body, "Downloads"));
  REQUIRE(job("b.txt").publish().status == 0);
  const std::string body = server.release("v1.0.0").body;
  CHECK(has(body, "[a.txt]("));
  CHECK(has(body, "[b.txt]("));
  CHECK_FALSE(has(body, "|  |\n"));  // every digest is known
}

TEST_CASE("a row without a match is reported by the publishing job, not while files are missing") {
  Server server;
  server.create_tag("v1.0.0");
  const auto publish = [&](const char* file) {
    Workspace job = job_with(server, file, file);
    job.file(".gitea/release.yml",
             "required_files: [a.txt, b.txt]\n"
             "downloads:\n"
             "  rows:\n"
             "    - {label: A, file: a.txt}\n"
             "    - {label: B, file: b.txt}\n"
             "    - {label: C, file: c.txt}\n");
    const Run run = job.publish();
    INFO(run.log);
    REQUIRE(run.status == 0);
    return run.log;
  };
  const std::string first = publish("a.txt");
  INFO(first);
  CHECK_FALSE(has(first, "::warning::"));
  const std::string last = publish("b.txt");
  CHECK(has(last, "::warning::downloads: no asset matches 'c.txt', so this row is omitted"));
  CHECK_FALSE(has(last, "'a.txt', so this row"));
}
