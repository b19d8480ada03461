// SPDX-License-Identifier: MIT
// The whole way of an update, with the built programs: examples/launcher-app is published and signed
// on a server, installed from its archive, and updates itself.

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fstream>

#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "launcher/released_app.hpp"

using namespace e2e;
using Catch::Matchers::ContainsSubstring;
using core::Phase;

TEST_CASE("an application that runs installs a signed release by one command, and goes on") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  CHECK(app.command({"check"}).status == 0);
  project.publish("1.1.0");
  const Result check = app.command({"check"});
  CHECK(check.status == 10);
  CHECK_THAT(check.output, ContainsSubstring("1.1.0"));

  Running running = app.start({});
  REQUIRE(
      becomes_true([&] { return running.output().find("Hello from 1.0.0") != std::string::npos; }));
  const Result update = app.command({"update", "--now"});
  INFO(update.output);
  CHECK(update.status == 0);
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  CHECK(running.output().find("Hello from 1.1.0") != std::string::npos);
  CHECK(app.version() == "1.1.0");
  CHECK(app.command({"stop"}).status == 0);
  CHECK(running.wait() == 0);
  CHECK(app.command({"check"}).status == 0);
}

TEST_CASE("status.json says what an update brings and how the last one ended") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  project.publish("1.2.0", {.settings = "  summary: Faster starts\n  critical: true\n"});
  project.set_notes("1.1.0", "What 1.1.0 changes\n\n<!-- gitea-release record: -->");
  project.set_notes("1.2.0", "What 1.2.0 changes");
  const auto status = [&] { return core::Json::parse(app.command({"status", "--json"}).output); };
  CHECK(status().string("checked").empty());

  REQUIRE(app.command({"check"}).status == 10);
  const core::Json update = status().object("update");
  CHECK_FALSE(status().string("checked").empty());
  CHECK(update.string("version") == "1.2.0");
  CHECK(update.string("summary") == "Faster starts");
  CHECK(update.boolean("critical"));
  CHECK(update.number("size") > 1000);
  CHECK_THAT(update.string("page"), ContainsSubstring("/releases/tag/v1.2.0"));
  const std::vector<core::Json> notes = update.array("notes");
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].string("version") == "1.2.0");
  CHECK_THAT(notes[0].string("text"), ContainsSubstring("What 1.2.0 changes"));
  CHECK_THAT(notes[1].string("text"), ContainsSubstring("What 1.1.0 changes"));
  CHECK_THAT(notes[1].string("text"), !ContainsSubstring("<!--"));

  const Result download = app.command({"download", "--json"});
  const core::Json progress = core::Json::parse(core::lines(download.output).front());
  CHECK(progress.number("total") == update.number("size"));
  REQUIRE(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(becomes_true([&] { return status().object("settled").string("kind") == "updated"; }));
  CHECK(status().object("settled").string("version") == "1.2.0");
  CHECK(status().object("settled").string("from") == "1.0.0");
  CHECK_FALSE(status().object("update").has("version"));
  CHECK(status().string("type") == "portable");
  running.stop();
}

TEST_CASE("a release that does not start is taken back with its data, and is not offered again") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  fs::create_directories(app.root() / "data");
  std::ofstream(app.root() / "data/settings.txt") << "greeting=Hi\n";
  project.publish("1.1.0", {.first = "echo greeting=spoilt >settings.txt\nexit 3"});
  REQUIRE(app.command({"update"}).status == 0);

  Running running = app.start({});
  CHECK(app.reports("1.1.0 did not work; 1.0.0 is back"));
  CHECK(becomes_true([&] { return running.output().find("Hi from 1.0.0") != std::string::npos; }));
  CHECK(app.text("data/settings.txt") == "greeting=Hi\n");
  CHECK(app.command({"check"}).status == 0);
  running.stop();
}

namespace {

/// Runs statements in app.db as a program that ends without closing it: they are in its -wal only.
std::string sql(const std::string& statements) {
  return "python3 - <<'END'\n"
         "import os, signal, sqlite3\n"
         "database = sqlite3.connect('app.db', isolation_level=None)\n"
         "database.execute('PRAGMA journal_mode=WAL')\n" +
         statements + "os.kill(os.getpid(), signal.SIGKILL)\nEND\n";
}

}  // namespace

TEST_CASE("a database that a failed version has changed comes back as it was, with its -wal") {
  Project project;
  const std::string first =
      "[ -e app.db ] || " + sql("database.execute('CREATE TABLE notes (text)')\n"
                                "database.execute(\"INSERT INTO notes VALUES ('kept')\")\n");
  const std::string snapshot = R"("app.db", )";
  project.publish("1.0.0", {.first = first, .snapshot = snapshot});
  const Unpacked app(project, "1.0.0");
  Running one = app.start({});
  REQUIRE(becomes_true([&] { return one.output().find("from 1.0.0") != std::string::npos; }));
  one.stop();
  REQUIRE(fs::file_size(app.root() / "data/app.db-wal") > 0);
  const std::string spoils =
      sql("database.execute('CREATE TABLE added (x)')\n"
          "database.execute(\"UPDATE notes SET text = 'spoilt'\")\n"
          "database.execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
          "database.execute('BEGIN IMMEDIATE')\n"
          "database.execute('DELETE FROM notes')\n");
  project.publish("1.1.0", {.first = spoils + "exit 3", .snapshot = snapshot});
  REQUIRE(app.command({"update"}).status == 0);
  Running running = app.start({});
  CHECK(app.reports("1.1.0 did not work; 1.0.0 is back"));
  running.stop();
  Running read({"/bin/sh", "-c",
                "cd '" + (app.root() / "data").string() +
                    "' && python3 -c \"import sqlite3; d = sqlite3.connect('app.db'); "
                    "print([d.execute(q).fetchall() for q in ('SELECT text FROM notes', 'PRAGMA "
                    "integrity_check', 'SELECT name FROM sqlite_master')])\""},
               app.root().parent_path() / "read", {});
  CHECK(read.wait() == 0);
  CHECK(read.output() == "[[('kept',)], [('ok',)], [('notes',)]]\n");
}

TEST_CASE("a version that has failed is tried again if the user downloads it by name") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0", {.first = "[ -e repaired ] || exit 3"});
  REQUIRE(app.command({"update"}).status == 0);
  Running running = app.start({});
  REQUIRE(app.reports("1.1.0 did not work; 1.0.0 is back"));

  std::ofstream(app.root() / "data/repaired") << "yes";
  CHECK_THAT(app.command({"download"}).output, ContainsSubstring("nothing is newer than 1.0.0"));
  CHECK(app.command({"apply", "1.1.0"}).status == 1);
  CHECK(app.journal().has_failed("1.1.0"));
  const Result download = app.command({"download", "1.1.0"});
  INFO(download.output);
  REQUIRE(download.status == 0);
  CHECK(app.command({"apply", "1.1.0", "--now"}).status == 0);
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  CHECK_FALSE(app.journal().has_failed("1.1.0"));
  running.stop();
}

TEST_CASE("what others sign, withdraw or publish later is not installed") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  SECTION("another key") {
    const support::Signer other;
    other.publish_signed(project.server, "v1.1.0", {{"hello-1.1.0-linux-x64.tar.gz", "x"}});
    const Result check = app.command({"check"});
    CHECK(check.status == 20);
    CHECK_THAT(check.output, ContainsSubstring("\nlauncher: v1.1.0: "));
  }
  SECTION("a withdrawn version") {
    project.publish("1.1.0");
    project.publish("1.2.0", {.settings = "  from: '>=1.1.5'\n  withdrawn: [1.1.0]\n"});
    CHECK(app.command({"check"}).status == 0);
    SECTION("stays withdrawn when the release that said so is deleted") {
      project.server.delete_release(project.server.release("v1.2.0").id);
      CHECK(app.command({"check"}).status == 0);
    }
  }
  SECTION("a back-port that was published last") {
    project.publish("2.0.0");
    project.publish("1.0.1");
    const Result check = app.command({"check"});
    CHECK(check.status == 10);
    CHECK_THAT(check.output, ContainsSubstring("2.0.0"));
  }
}

TEST_CASE("an archive and the three small files of its release are enough without a network") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  const TempDir stick;
  for (const std::string& name : {std::string("SHA256SUMS"), std::string("SHA256SUMS.minisig"),
                                  std::string("update.json"), Project::archive_name("1.1.0")}) {
    std::ofstream(stick.path() / name, std::ios::binary)
        << project.server.download("v1.1.0", name).body;
  }
  const std::string archive = stick.path() / Project::archive_name("1.1.0");
  const Result download = app.command({"download", "--from", archive});
  INFO(download.output);
  CHECK(download.status == 0);
  CHECK(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(becomes_true([&] { return app.version() == "1.1.0"; }));
  running.stop();
  SECTION("a byte was changed on the way") {
    project.publish("1.2.0");
    for (const char* const name : {"SHA256SUMS", "SHA256SUMS.minisig", "update.json"}) {
      std::ofstream(stick.path() / name, std::ios::binary)
          << project.server.download("v1.2.0", name).body;
    }
    std::string content = project.archive("1.2.0");
    content[content.size() / 2] ^= 1;
    const fs::path file = stick.path() / Project::archive_name("1.2.0");
    std::ofstream(file, std::ios::binary) << content;
    CHECK(app.command({"download", "--from", file}).status == 20);
    CHECK_FALSE(fs::exists(app.root() / "updater/ready/1.2.0"));
  }
}
