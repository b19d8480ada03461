// SPDX-License-Identifier: MIT
// A service of the machine: the launcher runs as root, and the application as another user.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/matchers/catch_matchers_string.hpp>
#include <fstream>

#include "launcher/health_server.hpp"
#include "launcher/installed_app.hpp"
#include "runner/tools.hpp"

using namespace e2e;
using Catch::Matchers::ContainsSubstring;
using core::Phase;

namespace {

constexpr const char* forever = "while :; do sleep 0.05; done";
constexpr unsigned nobody = 65534;

/// What a curious application tries with everything that is not its own.
constexpr const char* intrusion = R"(id -u; id -G
grep -h -e NoNewPrivs -e CapEff /proc/self/status
cd ..
for file in current/run current/new updater/new updater/config.json updater/trusted.pub updater/state.json \
  updater/status.json updater/lock demo new; do
  (echo x >>"$file") 2>/dev/null && echo "wrote $file"
  if [ -e "$file" ] && { mv "$file" moved || rm -f "$file"; } 2>/dev/null; then echo "removed $file"; fi
done
mv current updater/previous 2>/dev/null && echo 'moved current'
for open in /proc/$$/fd/*; do case $(readlink "$open") in *updater/*) echo "has $open" ;; esac; done
ls updater/snapshots 2>/dev/null && echo 'saw snapshots'
touch data/own && echo 'wrote data'
exit 7)";

class Service : public Installation {
 public:
  explicit Service(const std::string& script, const std::string& user = "nobody")
      : Installation(needs_root(script)) {
    fs::permissions(root().parent_path(), fs::perms(0755));
    write_config(fmt::format(
        R"({{"format": 1, "app": "demo", "type": "service", "server": "https://git.example.org", )"
        R"("repository": "owner/demo", "platform": "linux-x86_64", "user": "{}"}})",
        user));
    fs::permissions(root() / "data/app.db", fs::perms(0600));
    REQUIRE(chown((root() / "data/app.db").c_str(), nobody, nobody) == 0);
  }

  void write_config(const std::string& text) const {
    std::ofstream(root() / "updater/config.json") << text;
  }

  std::optional<unsigned> owner(const std::string& name) const {
    struct stat status {};
    if (lstat((root() / name).c_str(), &status) != 0) return std::nullopt;
    return status.st_uid;
  }

 private:
  static const std::string& needs_root(const std::string& script) {
    if (geteuid() != 0) SKIP("only root can start an application as another user");
    return script;
  }
};

}  // namespace

TEST_CASE("an application that root starts as another user may write its data only") {
  const Service app(intrusion);
  const Result result = app.run({});
  CHECK(result.status == 7);
  CHECK(result.output == "65534\n65534\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nwrote data\n");
  CHECK(app.owner("data") == nobody);
  CHECK(app.owner("data/.launcher") == nobody);
  CHECK(app.owner("current") == 0);
  CHECK(app.owner("updater/status.json") == 0);
}

TEST_CASE("an application of another user asks, confirms and is updated, and gets its data back") {
  const Service app("umask 077; while :; do sleep 0.05; done");
  app.prepare(std::string("umask 077; \"$LAUNCHER\" --launcher confirm >confirmed\n") + forever,
              R"({"timeout_s": 60, "settle_s": 0})");
  app.prepare(
      std::string("echo new >app.db; rm -f link; ln -s /etc/passwd link; id -u >user; exit 3"),
      "{}", "1.2.0");
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return app.owner("data/.launcher") == nobody; }));
  CHECK(app.command({"apply", "1.1.0", "--now"}).status == 0);
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  CHECK(becomes_true([&] { return app.text("data/confirmed") == "confirmed\n"; }));
  const fs::path requests = app.root() / "data/.launcher";
  std::ofstream(requests / "part")
      << R"({"format": 1, "id": "ab", "request": "apply", "now": true})";
  fs::rename(requests / "part", requests / "request-ab.json");
  CHECK(app.reports("1.2.0 did not work; 1.1.0 is back"));
  CHECK(app.text("data/user") == "65534\n");
  CHECK(app.text("data/app.db") == "old");
  CHECK(app.owner("data/app.db") == nobody);
  CHECK(app.command({"stop"}).status == 0);
  running.wait();
}

TEST_CASE("an application of another user is healthy if its own /health says so") {
  const Service app("exit 7");
  HealthServer server(app.root() / "data/health.json");
  app.prepare("umask 077\necho \"{\\\"run\\\": \\\"$LAUNCHER_RUN\\\"}\" >health.json\necho '" +
                  server.address() + "' >\"$LAUNCHER_URL_FILE\"\n" + forever,
              R"({"timeout_s": 60, "settle_s": 0})");
  REQUIRE(app.command({"apply"}).status == 0);
  Running running = app.start({});
  CHECK(app.reports("updated from 1.0.0 to 1.1.0"));
  running.stop();
}

TEST_CASE("the user of the application cannot keep a launcher of root away by its lock") {
  const Service app(forever);
  std::ofstream(app.root() / "updater/lock");
  Running hostile({runner_tests::program("flock"), "--no-fork",
                   (app.root() / "updater/lock").string(), "sleep", "600"},
                  app.root() / "hostile", {.as_nobody = true});
  const std::string locked = fmt::format("/proc/{}/fd/3", hostile.pid());
  REQUIRE(becomes_true([&] { return fs::exists(locked); }));
  Running running = app.start({});
  REQUIRE(becomes_true([&] { return fs::exists(app.root() / "data/.launcher"); }));
  app.prepare(forever, R"({"settle_s": 0})");
  CHECK(app.command({"apply", "--now"}).status == 0);
  CHECK(becomes_true([&] { return app.version() == "1.1.0"; }));
  running.stop();
}

TEST_CASE("root starts nothing with its own rights because of a mistake in config.json") {
  const Service app("id -u");
  SECTION("a user that does not exist") {
    app.write_config(
        R"({"format": 1, "app": "demo", "type": "service", "server": "https://x.example", )"
        R"("repository": "o/r", "platform": "linux-x86_64", "user": "no such user"})");
    const Result result = app.run({});
    CHECK(result.status == 2);
    CHECK_THAT(result.output, ContainsSubstring("/etc/passwd has no user 'no such user'"));
  }
  SECTION("a text that is no configuration") {
    app.write_config("{");
    CHECK(app.run({}).status != 0);
    CHECK(app.run({}).output.find("0\n") == std::string::npos);
  }
  SECTION("a user who may not become another one") {
    app.write_config(
        R"({"format": 1, "app": "demo", "type": "service", "server": "https://x.example", )"
        R"("repository": "o/r", "platform": "linux-x86_64", "user": "daemon"})");
    const Result result = app.run({}, {.as_nobody = true});
    CHECK(result.status == 2);
    CHECK_THAT(result.output, ContainsSubstring("only root and daemon may start this application"));
  }
}
