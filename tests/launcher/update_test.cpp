// SPDX-License-Identifier: MIT
// Updates of real applications: good, bad, hanging, stopped, and those that say how they are.
#include <signal.h>

#include <catch2/matchers/catch_matchers_string.hpp>
#include <fstream>

#include "launcher/health_server.hpp"
#include "launcher/installed_app.hpp"

using namespace e2e;
using Catch::Matchers::ContainsSubstring;
using core::Phase;

namespace {

constexpr const char* forever = "while :; do sleep 0.05; done";
constexpr const char* settles_at_once = R"({"settle_s": 0})";

std::string and_then(const std::string& first, const std::string& second) {
  return first + "\n" + second;
}

/// Starts the launcher, and waits until an update has been committed.
void update_to_end(const Installation& app) {
  REQUIRE(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  running.stop();
  CHECK(app.version() == "1.1.0");
}

}  // namespace

TEST_CASE("a version that works is installed, and one can go back with the data or without") {
  for (const std::string choice : {"--with-data", "--keep-data"}) {
    const Installation app("cat app.db");
    app.prepare(and_then("echo new > app.db", forever), settles_at_once);
    update_to_end(app);
    CHECK(app.text("updater/previous/1.0.0/run") == "#!/bin/sh\ncat app.db\n");
    const Result unclear = app.command({"rollback"});
    CHECK(unclear.status == 2);
    CHECK_THAT(unclear.output, ContainsSubstring("--keep-data"));
    CHECK(app.command({"rollback", choice}).status == 0);
    const Result back = app.run({});
    CHECK(back.status == 0);
    CHECK_THAT(back.output, ContainsSubstring(choice == "--with-data" ? "old" : "new"));
    CHECK(app.version() == "1.0.0");
    CHECK(app.journal().phase == Phase::idle);
    CHECK(app.journal().skipped == std::vector<std::string>{"1.1.0"});
    if (choice == "--with-data")
      CHECK(app.text("updater/snapshots/1.1.0.failed/app.db") == "new\n");
  }
}

TEST_CASE(
    "a version that ends with 3 is started twice, and then the old one is back with its data") {
  const Installation app("cat app.db; exit 7");
  app.prepare("echo new > app.db; echo x >> starts; exit 3");
  REQUIRE(app.command({"apply"}).status == 0);
  const Result result = app.run({});
  CHECK(result.status == 7);
  CHECK_THAT(result.output, ContainsSubstring("1.1.0 did not work; 1.0.0 is back"));
  CHECK(app.text("data/starts") == "x\nx\n");
  CHECK(app.text("data/app.db") == "old");
  CHECK(app.version() == "1.0.0");
  CHECK(app.journal().failed.size() == 1);
  app.prepare("exit 3");
  const Result again = app.command({"apply"});
  CHECK(again.status == 1);
  CHECK_THAT(again.output, ContainsSubstring("1.1.0 has failed here"));
}

TEST_CASE(
    "a version that is never healthy is stopped, with its children, and the old one is back") {
  const Installation app("exit 7");
  app.prepare(and_then("trap '' TERM; echo x >> starts", forever),
              R"({"timeout_s": 1, "settle_s": 0})");
  REQUIRE(app.command({"apply"}).status == 0);
  const Result result = app.run({});
  CHECK(result.status == 7);
  CHECK_THAT(result.output, ContainsSubstring("1.1.0 was not healthy in time"));
  CHECK(app.text("data/starts") == "x\nx\n");
  CHECK(app.version() == "1.0.0");
}

TEST_CASE("a version that asks for more time gets it, an hour at most") {
  const Installation app("exit 7");
  app.prepare(and_then("\"$LAUNCHER\" --launcher extend 3600; echo $? >extended\n"
                       "\"$LAUNCHER\" --launcher extend 1; echo $? >more\n"
                       "sleep 11; \"$LAUNCHER\" --launcher confirm",
                       forever),
              R"({"timeout_s": 10, "settle_s": 0})");
  REQUIRE(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(becomes_true([&] { return app.journal().phase == Phase::idle; }));
  CHECK(app.version() == "1.1.0");
  CHECK(app.text("data/extended") == "0\n");
  CHECK(app.text("data/more") == "1\n");
}

TEST_CASE("data on another file system is saved and put back") {
  const Installation app("cat app.db; exit 7");
  app.prepare("echo new >app.db; stat -c %d . ../updater | uniq | wc -l; exit 3");
  REQUIRE(app.command({"apply"}).status == 0);
  const char* const script =
      "mount -t tmpfs none data || exit 99; echo old >data/app.db; \"$0\" || echo \"status $?\"\n"
      "cat updater/snapshots/1.1.0.failed/app.db";
  const Result result = app.run_in_namespace(script);
  if (result.status == 99) SKIP("no file system can be mounted here");
  INFO(result.output);
  CHECK_THAT(result.output, ContainsSubstring("\n2\n"));
  CHECK_THAT(result.output,
             ContainsSubstring("1.1.0 did not work; 1.0.0 is back\nold\nstatus 7\nnew\n"));
  CHECK(app.version() == "1.0.0");
}

TEST_CASE("what the application prints where nobody sees it goes to a file, which is kept small") {
  const Installation app("echo hello");
  std::ofstream(app.root() / "updater/output.log") << std::string((4 << 20) + 1, 'x');
  Running running({"/bin/sh", "-c", "exec \"$0\" >/dev/null 2>&1", app.launcher()},
                  app.root() / "nothing", {});
  CHECK(running.wait() == 0);
  CHECK(app.text("updater/output.log") == "hello\n");
  CHECK(app.text("updater/output.old.log").front() == 'x');
}

TEST_CASE("a version is healthy if it confirms, which only the running application can") {
  const Installation app("exit 7");
  app.prepare(and_then("\"$LAUNCHER\" --launcher confirm; echo $? > confirmed", forever),
              R"({"timeout_s": 600, "settle_s": 0})");
  REQUIRE(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(becomes_true([&] { return app.journal().phase == Phase::idle; }));
  CHECK(becomes_true([&] { return app.text("data/confirmed") == "0\n"; }));
  CHECK(app.command({"confirm"}).status == 2);
  Running foreign({app.launcher(), "--launcher", "confirm"}, app.root() / "foreign",
                  {.environment = {{"LAUNCHER_RUN", "0123"}}});
  CHECK(foreign.wait() == 1);
}

TEST_CASE("a version is healthy if its own /health says so, but not if another process answers") {
  for (const bool is_own : {true, false}) {
    const Installation app("exit 7");
    HealthServer server(app.root() / "data/health.json");
    const std::string run = is_own ? "$LAUNCHER_RUN" : "0123";
    app.prepare(
        and_then("echo \"{\\\"run\\\": \\\"" + run + "\\\"}\" > health.json; echo '" +
                     server.address() + "' > \"$LAUNCHER_URL_FILE\"",
                 forever),
        is_own ? R"({"timeout_s": 60, "settle_s": 0})" : R"({"timeout_s": 1, "settle_s": 0})");
    REQUIRE(app.command({"apply"}).status == 0);
    Running running = app.start({});
    CHECK(becomes_true([&] {
      return app.journal().phase == Phase::idle && !app.journal().outcome.message.empty();
    }));
    CHECK(server.requests() > 0);
    CHECK(app.version() == (is_own ? "1.1.0" : "1.0.0"));
  }
}

TEST_CASE("a new version that is stopped before it has proven itself keeps its tries") {
  const Installation app("exit 7");
  app.prepare(and_then("echo ready", forever), R"({"timeout_s": 600})");
  REQUIRE(app.command({"apply"}).status == 0);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Running running = app.start({});
    REQUIRE(becomes_true([&] { return running.output() == "ready\n"; }));
    CHECK(app.journal().tries == 1);  // counted before the start
    running.kill(signal);
    running.wait();
    CHECK(app.journal().phase == Phase::trial);
    CHECK(app.journal().tries == 2);
  }
  Running running = app.start({});  // a kill of the launcher uses one up
  REQUIRE(becomes_true([&] { return running.output() == "ready\n"; }));
  running.kill(SIGKILL);
  running.wait();
  CHECK(app.journal().tries == 1);
}

TEST_CASE("an application that ends with 75 gets the update that it asked for, or passes 75 on") {
  const Installation app("\"$LAUNCHER\" --launcher apply --json; exit 75");
  CHECK(app.run({}).status == 75);
  app.prepare("echo new; exit 0");
  const Result result = app.run({});
  CHECK_THAT(result.output, ContainsSubstring("new\n"));
  CHECK(result.status == 0);
  CHECK(app.version() == "1.1.0");
}

TEST_CASE("apply --now stops the application, installs, and starts the new version") {
  const Installation app(and_then("echo old", forever));
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return running.output() == "old\n"; }));
  app.prepare(and_then("echo new", forever), settles_at_once);
  CHECK(app.command({"apply", "--now"}).status == 0);
  CHECK(becomes_true([&] { return running.output().find("new\n") != std::string::npos; }));
  CHECK(becomes_true([&] { return app.journal().phase == Phase::idle; }));
  CHECK_THAT(app.command({"status"}).output, ContainsSubstring("version: 1.1.0"));
  CHECK(app.command({"rollback", "--keep-data", "--now"}).status == 0);
  CHECK(becomes_true([&] { return app.version() == "1.0.0"; }));
  CHECK(app.command({"stop"}).status == 0);
  CHECK(running.wait() == 128 + SIGTERM);
  CHECK(app.journal().phase == Phase::idle);
}

TEST_CASE("an update installs a later launcher, if that one can work here") {
  for (const bool is_good : {true, false}) {
    const Installation app("exit 7");
    app.prepare(forever, settles_at_once);
    const std::string script =
        is_good ? "#!/bin/sh\n[ \"$1 $2\" = '--launcher selftest' ]\n" : "#!/bin/sh\nexit 1\n";
    const fs::path program = app.root() / "updater/ready/1.1.0/demo";
    std::ofstream(program) << script;
    fs::permissions(program, fs::perms(0755));
    update_to_end(app);
    CHECK((app.text("demo") == script) == is_good);
    CHECK_FALSE(fs::exists(app.root() / "demo.new"));
    CHECK_FALSE(fs::exists(app.root() / "updater/ready/1.1.0"));
  }
}

TEST_CASE("a launcher passes its selftest where all that it needs is there, and if it is later") {
  const Installation app("exit 7");
  CHECK(app.command({"selftest"}).status == 2);
  std::ofstream(app.root() / "updater/trusted.pub")
      << "untrusted comment: x\nRWRhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\n";
  CHECK(app.command({"selftest"}).status == 0);
  CHECK(app.command({"selftest", "0.0.1"}).status == 0);
  CHECK(app.command({"selftest", "999.0.0"}).status == 1);
}

TEST_CASE("an update waits while a program of the old version runs, whoever started it") {
  const Installation app("exit 7");
  fs::copy_file("/bin/sleep", app.root() / "current/sleep");
  app.prepare("exit 8");
  REQUIRE(app.command({"apply"}).status == 0);
  {
    Running other({(app.root() / "current/sleep").string(), "600"}, app.root() / "other", {});
    REQUIRE(becomes_true([&] {
      std::error_code failed;
      return fs::read_symlink("/proc/" + std::to_string(other.pid()) + "/exe", failed) ==
             app.root() / "current/sleep";
    }));
    const Result waiting = app.run({});
    CHECK(waiting.status == 7);
    CHECK_THAT(waiting.output, ContainsSubstring("1.1.0 waits until no program of 1.0.0 runs"));
    CHECK(app.journal().phase == Phase::asked);
  }
  app.run({});
  CHECK(app.journal().phase != Phase::asked);
}

TEST_CASE("a request that is not valid is answered under its id") {
  const Installation app(forever);
  Running running = app.start({});
  const fs::path requests = app.root() / "data/.launcher";
  REQUIRE(becomes_true([&] { return fs::exists(requests); }));
  std::ofstream(requests / "part")
      << R"({"format": 1, "id": "ab", "request": "apply", "version": "x"})";
  fs::rename(requests / "part", requests / "request-ab.json");
  CHECK(becomes_true([&] {
    return app.text("updater/status.json").find("its version is not a version") !=
           std::string::npos;
  }));
  CHECK_THAT(app.text("updater/status.json"), ContainsSubstring(R"("ab":{"status":1)"));
  running.stop();
}

TEST_CASE("an application that asks to be updated now learns that it will be stopped") {
  const Installation app(
      "trap 'exit 0' TERM\n"
      R"(echo '{"format": 1, "id": "ab", "request": "apply", "now": true}' >.launcher/part)"
      "\nmv .launcher/part .launcher/request-ab.json\n"
      "while :; do grep -o being.stopped ../updater/status.json >seen; sleep 0.05; done");
  app.prepare(forever, settles_at_once);
  Running running = app.start({});
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  CHECK(app.text("data/seen") == "being stopped\n");
  running.stop();
}
