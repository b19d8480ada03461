// SPDX-License-Identifier: MIT
// The command `version`: which version a build has, and what follows from it.
#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>

#include "core/text/text.hpp"
#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Texts = std::vector<std::string>;

/// Publishes a release for every tag in `cell` ("`v1.0.0`, `v2.0.0-rc.1`").
void publish_all(Server& server, const std::string& cell) {
  Texts parts;
  for (std::size_t begin = cell.find('`'); begin != std::string::npos;) {
    const auto end = cell.find('`', begin + 1);
    const std::string tag = cell.substr(begin + 1, end - begin - 1);
    server.create_release(
        fmt::format(R"({{"tag_name":"{}","target_commitish":"main","prerelease":{}}})", tag,
                    tag.find("-rc") != std::string::npos));
    begin = cell.find('`', end + 1);
  }
}

/// The cells of the rows of the first table in docs/versioning.md, without its header.
std::vector<Texts> documented() {
  std::vector<Texts> rows;
  const std::string path = std::string(GITEA_RELEASE_SOURCE) + "/docs/versioning.md";
  for (const std::string& line : core::lines(support::read_file(path))) {
    if (!line.starts_with("| `")) continue;
    Texts cells;
    for (std::size_t begin = 1; begin < line.size();) {
      const auto end = line.find('|', begin);
      cells.emplace_back(core::trim(line.substr(begin, end - begin)));
      begin = end + 1;
    }
    rows.push_back(cells);
  }
  return rows;
}

std::string unquoted(const std::string& cell) {
  return cell.empty() ? "" : cell.substr(1, cell.size() - 2);
}

std::string yes_or_no(const std::string& output) { return output == "true" ? "Yes" : "No"; }

/// Runs git in the workspace; it must succeed.
void git(const Workspace& job, const std::string& arguments) {
  support::needs_this_system("git");
  const std::string command =
      "cd '" + job.path().string() +
      "' && GIT_CONFIG_GLOBAL=/dev/null git -c user.name=n -c user.email=e@example.org -c "
      "init.defaultBranch=main " +
      arguments + " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: a fixed command of the test
}

void commit(const Workspace& job) {
  git(job, "init");
  git(job, "commit --allow-empty -m one");
}

/// A job without a tag, with a server that cannot be reached.
Workspace& on_branch(Workspace& job) {
  return job.on_branch().variable("GITHUB_API_URL", "").variable("GITHUB_SERVER_URL", "");
}

std::string found(Workspace& job) {
  const Run run = job.run({"version"});
  INFO(run.log);
  CHECK(run.status == 0);
  return run.outputs.at("version") + " from " + run.outputs.at("source");
}

}  // namespace

TEST_CASE("every row of the documented table of versions matches the program") {
  std::map<std::string, std::unique_ptr<Server>> servers;  // by what is already published
  const auto rows = documented();
  CHECK(rows.size() >= 38);
  for (const Texts& row : rows) {
    REQUIRE(row.size() == 6);
    std::unique_ptr<Server>& server = servers[row[4]];
    if (!server) {
      server = std::make_unique<Server>();
      publish_all(*server, row[4]);
    }
    Workspace job(*server, unquoted(row[0]));
    const Run run = job.input("image", "h/app").run({"version"});
    INFO(row[0] << ", published: " << row[4] << "\n" << run.log);
    REQUIRE(run.status == 0);
    CHECK(run.outputs.at("tag") == unquoted(row[0]));
    CHECK(run.outputs.at("version") == unquoted(row[1]));
    CHECK(run.outputs.at("pep440") == unquoted(row[2]));
    CHECK(yes_or_no(run.outputs.at("is_prerelease")) == row[3]);
    CHECK(run.outputs.at("prerelease").empty() == (row[3] == "No"));
    CHECK(yes_or_no(run.outputs.at("is_latest")) == row[5]);
    const bool latest = run.outputs.at("docker_tags").find(":latest") != std::string::npos;
    CHECK((latest ? "Yes" : "No") == row[5]);
    CHECK(run.log.find("::warning::") == std::string::npos);
  }
}

TEST_CASE("the version is taken from the first source that has one") {
  Server server;
  Workspace job(server, "v5.0.0");
  job.file("CMakeLists.txt", "project(app VERSION 1.0.0)\n");
  CHECK(found(job.input("tag_name", "refs/tags/v7.0.0")) == "7.0.0 from tag_name");
  job.input("tag_name", "");
  CHECK(found(job) == "5.0.0 from ref");
  commit(job);
  git(job, "tag -a v6.0.0 -m annotated");
  git(job, "tag not-a-version");
  CHECK(found(job) == "6.0.0 from git");
  git(job, "tag -d v6.0.0");
  on_branch(job);
  CHECK(found(job) == "1.0.0 from CMakeLists.txt");
  job.file("Cargo.toml", "[package]\nversion = \"2.0.0\"\n");
  CHECK(found(job) == "2.0.0 from Cargo.toml");
  job.file("package.json", "{\"version\": \"3.0.0\"}");
  CHECK(found(job) == "3.0.0 from package.json");
  job.file("pyproject.toml", "[tool.x]\nversion = \"9.0.0\"\n[project]\nversion = \"4.0.0\"\n");
  CHECK(found(job) == "4.0.0 from pyproject.toml");
}

TEST_CASE("a file given by the user is read last, and must contain a version") {
  Server server;
  Workspace job(server, "v1.0.0");
  on_branch(job).file("src/app.py", "__version__ = \"8.1.0\"\n");
  const Run nothing = job.run({"version"});
  CHECK(nothing.outputs.at("version") == "0.0.0");
  CHECK(nothing.outputs.at("source") == "default");
  CHECK(nothing.log.find("::warning::nothing says which version this is") != std::string::npos);
  CHECK(found(job.input("version_file", "src/app.py => ^__version__ = \"(.*)\"")) ==
        "8.1.0 from src/app.py");
  const Run wrong = job.input("version_file", "src/app.py => ^version = (.*)").run({"version"});
  CHECK(wrong.status == 2);
  CHECK(wrong.log.find("version_file: src/app.py has no version at that place") !=
        std::string::npos);
  const Run absent = job.input("version_file", "VERSION => (.*)").run({"version"});
  CHECK(absent.status == 2);
  CHECK(absent.log.find("version_file: ") != std::string::npos);
}

TEST_CASE("a shallow clone, another owner's checkout and an image without git all work") {
  Server server;
  Workspace job(server, "v1.0.0");
  commit(job);
  git(job, "commit --allow-empty -m two");
  git(job, "tag v2.0.0-rc.1");
  git(job, "tag v2.0.0");
  git(job, "clone --depth 1 --branch v2.0.0 file://" + job.path().string() + " clone");
  if (geteuid() == 0) {  // as in a container: git distrusts files of other users
    REQUIRE(std::system(("chown -R 65534 '" + (job.path() / "clone").string() + "'").c_str()) == 0);
  }
  on_branch(job);
  CHECK(found(job.input("working_directory", "clone")) == "2.0.0 from git");
  job.file("clone/package.json", "{\"version\": \"3.0.0\"}");
  CHECK(found(job.variable("PATH", "/nowhere")) == "3.0.0 from package.json");
}

TEST_CASE("when started by hand, the version comes from files only") {
  Server server;
  Workspace job(server, "v1.0.0");
  for (const char* name : {"GITHUB_ACTIONS", "GITHUB_EVENT_NAME", "GITHUB_REF", "GITHUB_REF_NAME",
                           "GITHUB_REF_TYPE", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL",
                           "GITHUB_API_URL", "GITHUB_WORKSPACE", "INPUT_TOKEN", "CI"}) {
    job.without(name);
  }
  job.file("package.json", "{\"version\": \"3.0.0\"}");
  const Run run = job.run({"version", "--image", "h/app"});
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.outputs.at("docker_tags") == "h/app:v3.0.0\nh/app:3.0.0");
  CHECK(run.log.find("\nversion=3.0.0\n") != std::string::npos);
  CHECK(run.log.find("::warning::is_latest is false") != std::string::npos);
}

TEST_CASE("the name of the ref is used if its type is a tag") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.without("GITHUB_REF").without("GITHUB_REF_NAME").without("GITHUB_REF_TYPE");
  job.variable("GITEA_REF_NAME", "v4.2.0");
  CHECK(found(job) == "0.0.0 from default");
  CHECK(found(job.variable("GITEA_REF_TYPE", "tag")) == "4.2.0 from ref");
}

TEST_CASE("without access to the server it is unknown whether the version is the latest") {
  Server server;
  Workspace job(server, "v1.0.0");
  job.input("image", "h/app").input("retries", "0");
  const auto check_unknown = [&](const std::string& why) {
    const Run run = job.run({"version"});
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(run.outputs.at("is_latest") == "false");
    CHECK(run.outputs.at("docker_tags") == "h/app:v1.0.0\nh/app:1.0.0");
    CHECK(run.log.find("::warning::is_latest is false") != std::string::npos);
    CHECK(run.log.find(why) != std::string::npos);
  };
  job.input("server_url", "http://127.0.0.1:1");
  check_unknown("the connection was refused");
  job.input("server_url", "").input("repository", server.repository() + "-nowhere");
  check_unknown("there is no repository");
  job.input("repository", "").input("token", "0123456789012345678901234567890123456789");
  check_unknown("the server does not accept the token");
}

TEST_CASE("a run for a prerelease sends no request") {
  Server server;
  server.needs_sandbox();
  server.forget_requests();
  Workspace job(server, "v1.0.0-rc.1");
  CHECK(job.run({"version"}).outputs.at("is_latest") == "false");
  CHECK(server.requests().empty());
}

TEST_CASE("all pages of the releases are read") {
  Server server;
  server.create_release(R"({"tag_name":"v9.0.0","target_commitish":"main"})");
  for (int i = 0; i < 60; ++i) {
    server.create_release(fmt::format(R"({{"tag_name":"v1.0.{}","target_commitish":"main"}})", i));
  }
  Workspace job(server, "v8.0.0");
  CHECK(job.run({"version"}).outputs.at("is_latest") == "false");
  Workspace newest(server, "v9.0.0");
  CHECK(newest.run({"version"}).outputs.at("is_latest") == "true");
}

TEST_CASE("drafts and prereleases never count as newer, whatever their tags say") {
  Server server;
  server.create_release(R"({"tag_name":"v2.0.0","target_commitish":"main","draft":true})");
  server.create_release(R"({"tag_name":"v3.0.0","target_commitish":"main","prerelease":true})");
  Workspace job(server, "v1.0.0");
  const Run run = job.input("image", "h/app\nh/app-gpu").run({"version"});
  CHECK(run.outputs.at("is_latest") == "true");
  CHECK(run.outputs.at("docker_tags") ==
        "h/app:v1.0.0\nh/app:1.0.0\nh/app:latest\nh/app-gpu:v1.0.0\nh/app-gpu:1.0.0\n"
        "h/app-gpu:latest");
}

TEST_CASE("an input without a version is rejected") {
  Server server;
  Workspace job(server, "v1.0.0");
  const Run run = job.input("tag_name", "nightly").run({"version"});
  CHECK(run.status == 2);
  CHECK(run.log.find("::error::tag_name: 'nightly' has no version") != std::string::npos);
}
