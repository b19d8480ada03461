// SPDX-License-Identifier: MIT
// `stamp` of the command `version`: files into which the version is written.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "in_thread.hpp"
#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;
using Texts = std::vector<std::string>;

TEST_CASE("the version is stamped into files, and nothing else in them changes") {
  Server server;
  Workspace job(server, "v2.0.0-rc.1");
  const std::string project = "[tool.x]\r\nversion = \"9\"\r\n[project]\r\nversion='{}' # here\r\n";
  job.file("server/pyproject.toml", fmt::format(fmt::runtime(project), "0.0.0"));
  job.file("package.json", "{\n\t\"version\": \"0.0.0\",\n\t\"a\": 1\n}\n");
  job.file("app.py", "v = '0.0.0'\n");
  const Texts stamp = {"version", "--stamp",
                       "server/pyproject.toml\n\npackage.json\napp.py => ^v = '(.*)'\n"};
  const Run run = job.run(stamp);
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(support::read_file(job.path() / "server/pyproject.toml") ==
        fmt::format(fmt::runtime(project), "2.0.0rc1"));
  CHECK(support::read_file(job.path() / "package.json") ==
        "{\n\t\"version\": \"2.0.0-rc.1\",\n\t\"a\": 1\n}\n");
  CHECK(support::read_file(job.path() / "app.py") == "v = '2.0.0-rc.1'\n");
  CHECK(run.log.find("package.json: stamped") != std::string::npos);
  const auto long_ago = std::filesystem::file_time_type(std::chrono::hours(1));
  std::filesystem::last_write_time(job.path() / "package.json", long_ago);
  CHECK(job.run(stamp).log.find("package.json: already has this version") != std::string::npos);
  CHECK(std::filesystem::last_write_time(job.path() / "package.json") == long_ago);
}

TEST_CASE("if one file cannot be stamped, none is, and every mistake is reported") {
  Server server;
  Workspace job(server, "v2.0.0");
  job.file("package.json", "{\"version\": \"0.0.0\"}");
  job.file("pyproject.toml", "[project]\nname = \"x\"\n");
  job.input("stamp", "package.json\npyproject.toml\nabsent/Cargo.toml\nsetup.cfg\na => (x");
  const Run run = job.input("image", "h/app:1").run({"version"});
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(support::read_file(job.path() / "package.json") == "{\"version\": \"0.0.0\"}");
  for (const char* told :
       {"pyproject.toml has no version in its table [project]", "absent/Cargo.toml cannot be read",
        "'setup.cfg' is unknown", "is not a valid regular expression",
        "image: 'h/app:1' already has a tag"}) {
    INFO(told);
    CHECK(run.log.find(told) != std::string::npos);
  }
  CHECK(run.outputs.at("version").empty());
}

TEST_CASE("all places that 'stamp' names in one file are written, under any name of the file") {
  Server server;
  Workspace job(server, "v2.0.0");
  support::needs_this_system("symbolic links and permissions");
  job.file("app.py", "a = '0.0.0'\nb = '0.0.0'\nc = '0.0.0'\n");
  std::filesystem::create_symlink("app.py", job.path() / "link.py");
  std::filesystem::permissions(job.path() / "app.py", std::filesystem::perms(0754));
  job.input("stamp", "app.py => a = '(.*)'\n./app.py => b = '(.*)'\nlink.py => c = '(.*)'");
  const Run run = job.run({"version"});
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(support::read_file(job.path() / "app.py") == "a = '2.0.0'\nb = '2.0.0'\nc = '2.0.0'\n");
  CHECK(std::filesystem::is_symlink(job.path() / "link.py"));
  CHECK(std::filesystem::status(job.path() / "app.py").permissions() ==
        std::filesystem::perms(0754));
  for (const char* told : {"  app.py: stamped", "  ./app.py: stamped", "  link.py: stamped"}) {
    CHECK(run.log.find(told + 2) != std::string::npos);
  }
  CHECK(job.run({"version"}).log.find("app.py: already has this version") != std::string::npos);
}

TEST_CASE("a failed stamp leaves every file complete") {
  support::needs_this_system("permissions");
  Server server;
  without_privileges([&] {
    Workspace job(server, "v2.0.0");
    const std::string before = "{\"version\": \"0.0.0\"}";
    job.file("a/package.json", before).file("b/package.json", before);
    std::filesystem::permissions(job.path() / "b", std::filesystem::perms(0555));
    const Run run = job.input("stamp", "a/package.json\nb/package.json").run({"version"});
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find("b/package.json cannot be written (Permission denied)") !=
          std::string::npos);
    CHECK(run.log.find("stamped") == std::string::npos);
    CHECK(support::read_file(job.path() / "a/package.json") == before);
    CHECK(support::read_file(job.path() / "b/package.json") == before);
    CHECK(std::distance(std::filesystem::directory_iterator(job.path() / "a"),
                        std::filesystem::directory_iterator()) == 1);
  });
}
