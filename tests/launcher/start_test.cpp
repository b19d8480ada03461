// SPDX-License-Identifier: MIT
// How the launcher starts an application, apart from updates.
#include <signal.h>

#include <catch2/matchers/catch_matchers_string.hpp>
#include <fstream>

#include "launcher/installed_app.hpp"
#include "sanitized.hpp"

using namespace e2e;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("the application gets its arguments, its working folder and its environment") {
  const Installation app(
      R"(echo "$@"; pwd; echo "$LAUNCHER|$LAUNCHER_VERSION|$LAUNCHER_RUN|$LAUNCHER_URL_FILE"
wc -c < "$LAUNCHER_URL_FILE"; exit 7)");
  const Result result = app.run({"a b", "--x"});
  CHECK(result.status == 7);
  CHECK_THAT(result.output, ContainsSubstring("first a b --x\n" + (app.root() / "data").string()));
  CHECK_THAT(result.output, ContainsSubstring(app.launcher() + "|1.0.0|"));
  CHECK_THAT(result.output, ContainsSubstring("|" + (app.root() / "data/.launcher/url").string()));
  CHECK(app.run({}).output != app.run({}).output);  // LAUNCHER_RUN is new for each start
}

TEST_CASE("a link to the launcher starts the application in the launcher's folder") {
  const Installation app("echo here; exit 4");
  const TempDir other;
  fs::create_symlink(app.launcher(), other / "shortcut");
  Running running({other / "shortcut"}, other / "output", {});
  CHECK(running.wait() == 4);
  CHECK(running.output() == "here\n");
}

TEST_CASE("a copy of the launcher without its folder says what to do") {
  const TempDir other;
  fs::copy_file(GITEA_RELEASE_LAUNCHER, other / "demo");
  Running running({other / "demo"}, other / "output", {});
  CHECK(running.wait() == 2);
  CHECK_THAT(running.output(), ContainsSubstring("make a shortcut, not a copy"));
}

TEST_CASE("signals reach the application, and it may ignore them") {
  const Installation app(
      "trap 'echo usr1' USR1; trap 'echo term; exit 5' TERM; echo ready\n"
      "while :; do sleep 0.05; done");
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return running.output() == "ready\n"; }));
  running.kill(SIGUSR1);
  CHECK(becomes_true([&] { return running.output() == "ready\nusr1\n"; }));
  running.kill(SIGTERM);
  CHECK(running.wait() == 5);
}

TEST_CASE("an application that ignores the request to end is killed after stop_timeout_s") {
  const Installation app("trap '' TERM; echo ready; while :; do sleep 0.05; done");
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return running.output() == "ready\n"; }));
  const Result stopped = app.command({"stop"});
  CHECK(stopped.status == 0);
  CHECK(running.wait() == 128 + SIGKILL);
}

TEST_CASE("the application ends if its launcher is killed") {
  const Installation app("echo $$ > pid; exec sleep 60");
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return app.text("data/pid").ends_with('\n'); }));
  const int pid = std::stoi(app.text("data/pid"));
  running.kill(SIGKILL);
  CHECK(becomes_true([&] { return !fs::exists("/proc/" + std::to_string(pid) + "/exe"); }));
}

TEST_CASE("a second launcher starts the application as it is, and changes nothing") {
  const Installation app("echo $1 $2; [ \"$2\" = second ] || sleep 60");
  Running first = app.start({"one"});
  REQUIRE(becomes_true([&] { return first.output() == "first one\n"; }));
  app.prepare("echo new");
  CHECK(app.command({"apply"}).status == 0);  // by a request
  CHECK(app.journal().phase == core::Phase::asked);
  const Result second = app.run({"second"});
  CHECK(second.output == "first second\n");
  CHECK(app.version() == "1.0.0");
}

TEST_CASE("an application in a folder that may not be written starts") {
  const Installation app("echo here; exit 6");
  fs::permissions(app.root().parent_path(), fs::perms(0755));
  for (const char* folder : {"", "data", "updater", "current"}) {
    fs::permissions(app.root() / folder, fs::perms(0555));
  }
  const Result result = app.run({}, {.as_nobody = true});
  CHECK(result.status == 6);
  CHECK(result.output == "here\n");
  for (const char* folder : {"", "data", "updater", "current"}) {
    fs::permissions(app.root() / folder, fs::perms(0755));
  }
}

TEST_CASE("an application on a full disk starts, and an update that was asked for waits") {
  if (support::records_calls) SKIP("ThreadSanitizer needs a file of its own");
  const Installation app("echo here; exit 6");
  app.prepare("echo new");
  REQUIRE(app.command({"apply"}).status == 0);
  const Result result = app.run({}, {.on_full_disk = true});
  CHECK(result.status == 6);
  CHECK_THAT(result.output, ContainsSubstring("here\n"));
  CHECK(app.journal().phase == core::Phase::asked);
}

TEST_CASE("a journal of a later launcher is left alone, and the application starts") {
  const Installation app("echo here; exit 6");
  std::ofstream(app.root() / "updater/state.json") << R"({"format": 2})";
  const Result result = app.run({});
  CHECK(result.status == 6);
  CHECK_THAT(result.output, ContainsSubstring("its format is 2"));
  CHECK(app.text("updater/state.json") == R"({"format": 2})");
}

TEST_CASE("the status is told while no version is in use, as during a swap") {
  const Installation app("exit 0");
  fs::rename(app.root() / "current", app.root() / "updater/moved");
  const Result status = app.command({"status", "--json"});
  CHECK(status.status == 0);
  CHECK_THAT(status.output, ContainsSubstring(R"("version":"")"));
}
