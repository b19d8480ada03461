// SPDX-License-Identifier: MIT
#include "core/update/check_time.hpp"

#include <algorithm>

namespace core {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds a_day = std::chrono::hours(24);

seconds part_of_time(seconds whole, double part) {
  return std::chrono::duration_cast<seconds>(whole * part);
}

seconds pause_after(int failures) {
  constexpr seconds first = std::chrono::minutes(15);
  constexpr int most_doublings = 10;  // more than a day
  return std::min(a_day, first * (1 << std::min(failures - 1, most_doublings)));
}

}  // namespace

sys_seconds next_check(const CheckHistory& history, sys_seconds now, double jitter) {
  constexpr seconds spread_of_days = std::chrono::hours(1);
  if (history.failures > 0 && history.last_attempt) {
    const seconds pause = pause_after(history.failures);
    return *history.last_attempt + pause - part_of_time(pause / 4, jitter);
  }
  const sys_seconds soon = history.started + part_of_time(history.longest_delay, jitter);
  if (!history.last_success || *history.last_success > now) return soon;
  return std::max(soon, *history.last_success + a_day + part_of_time(spread_of_days, jitter));
}

}  // namespace core
