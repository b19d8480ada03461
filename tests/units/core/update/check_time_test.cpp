// SPDX-License-Identifier: MIT
#include "core/update/check_time.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;
using core::CheckHistory;
using core::next_check;
using std::chrono::sys_seconds;

namespace {

constexpr sys_seconds start{1'800'000'000s};

CheckHistory history_with(std::chrono::seconds since_success) {
  return {.started = start, .last_success = start - since_success};
}

}  // namespace

TEST_CASE("releases are looked for a day after the last success, not all at the same time") {
  CHECK(next_check(history_with(1h), start, 0) == start + 23h);
  CHECK(next_check(history_with(1h), start, 1) == start + 24h);
  CHECK(next_check(history_with(1h), start, 0.5) == start + 23h + 30min);
}

TEST_CASE("if the last success is long ago, in the future or unknown, they are looked for soon") {
  for (const CheckHistory& history :
       {history_with(48h), history_with(-1h), CheckHistory{.started = start}}) {
    CHECK(next_check(history, start, 0) == start);
    CHECK(next_check(history, start, 1) == start + 10min);
  }
}

TEST_CASE("after failures the pause grows to a day") {
  CheckHistory history = history_with(48h);
  history.last_attempt = start + 1h;
  const std::vector<std::chrono::seconds> pauses = {15min, 30min, 1h, 2h, 4h, 8h, 16h, 24h, 24h};
  for (const std::chrono::seconds pause : pauses) {
    ++history.failures;
    CHECK(next_check(history, start, 0) == start + 1h + pause);
    CHECK(next_check(history, start, 1) == start + 1h + pause - pause / 4);
  }
  history.failures = 1000;
  CHECK(next_check(history, start, 0) == start + 25h);
}
