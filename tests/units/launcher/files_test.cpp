// SPDX-License-Identifier: MIT
// The files that the launcher writes while the application runs: how often, and how large they get.
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "launcher/daily_check.hpp"
#include "launcher/last_check.hpp"
#include "launcher/status.hpp"
#include "units/launcher/installation.hpp"

using namespace installed;
using namespace launcher;
using namespace std::chrono_literals;

TEST_CASE("status.json is written at most four times a second, and in the end is up to date") {
  const Installation at;
  int written = 0;
  FileCalls calls([&](const FileCall& call, bool is_done) {
    if (is_done && call.kind == CallKind::rename) ++written;
    return 0;
  });
  FileSystem files(calls, at.folder.trash());
  Status status(at.folder, files);
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t done = 0;
  while (std::chrono::steady_clock::now() - start < 1s) {
    status.change([&](StatusReport& report) { report.done = ++done; });
    status.write();
  }
  const auto quarters = (std::chrono::steady_clock::now() - start) / 250ms;
  CHECK(done > 100);
  CHECK(written >= 2);
  CHECK(written <= quarters + 1);
  status.write(true);
  CHECK(content(at.folder.status()).find("\"done\":" + std::to_string(done) + ",") !=
        std::string::npos);
  const int before = written;
  status.write(true);  // nothing has changed
  CHECK(written == before);
}

TEST_CASE("a log that has become large goes aside in place of the one before") {
  const Installation at;
  FileCalls calls;
  FileSystem files(calls, at.folder.trash());
  Log log(files, at.folder.log(), Log::Echo::no);
  const fs::path old = at.folder.updater() / "log.old.txt";
  put(at.folder.log(), std::string(max_log, 'x'));
  log.add("as large as it may be");
  CHECK_FALSE(fs::exists(old));
  log.add("a new file");
  CHECK(content(old).ends_with(" as large as it may be\n"));
  CHECK(content(at.folder.log()).ends_with(" a new file\n"));
  CHECK(content(at.folder.log()).size() < 100);
  put(at.folder.log(), std::string(max_log + 1, 'y'));
  log.add("another new file");
  CHECK(content(old).front() == 'y');
}

TEST_CASE("the launcher looks for releases once a day if it is told to and nobody else does") {
  const Installation at;
  FileCalls calls;
  FileSystem files(calls, at.folder.trash());
  const std::chrono::sys_seconds now{1'796'024'000s};  // 2026-11-30T07:33:20Z
  CHECK_FALSE(DailyCheck(at.folder, now, 0).is_due(now + 48h));
  std::string config = config_json;
  put(at.folder.config(), config.replace(1, 0, R"("check": "daily", )"));
  DailyCheck daily(at.folder, now, 1);
  CHECK_FALSE(daily.is_due(now));
  CHECK(daily.is_due(now + 10min));
  SECTION("the application looks itself") {
    write_last_check(at.folder, files, {"2026-11-30T07:40:00Z", std::nullopt});
    CHECK_FALSE(daily.is_due(now + 24h));
    CHECK(daily.is_due(now + 26h));
  }
  SECTION("it has looked") {
    daily.ended(now + 10min, true);
    CHECK_FALSE(daily.is_due(now + 25h));
    CHECK(daily.is_due(now + 26h));
  }
  SECTION("the server does not answer") {
    daily.ended(now + 10min, false);
    CHECK_FALSE(daily.is_due(now + 20min));
    CHECK(daily.is_due(now + 25min));
    daily.ended(now + 25min, false);
    CHECK_FALSE(daily.is_due(now + 40min));
    CHECK(daily.is_due(now + 55min));
  }
}
