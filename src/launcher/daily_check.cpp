// SPDX-License-Identifier: MIT
#include "launcher/daily_check.hpp"

#include <charconv>
#include <random>

#include "core/error.hpp"
#include "core/text/dates.hpp"
#include "launcher/child.hpp"
#include "launcher/last_check.hpp"

namespace launcher {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

bool is_wanted_in(const Folder& folder) {
  try {
    return config_of(folder).checks_daily;
  } catch (const core::Error&) {  // whoever needs it says what is wrong
    return false;
  }
}

/// Tests shorten it.
seconds longest_delay() {
  const std::string text = own_variable("LAUNCHER_CHECK_DELAY_S");
  int number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_valid = parsed.ec == std::errc() && number >= 0;
  return is_valid ? seconds(number) : core::CheckHistory().longest_delay;
}

}  // namespace

DailyCheck::DailyCheck(const Folder& folder, sys_seconds now, double jitter)
    : folder_(folder), jitter_(jitter), is_wanted_(is_wanted_in(folder)) {
  history_.started = now;
  history_.longest_delay = longest_delay();
}

bool DailyCheck::is_due(sys_seconds now) {
  if (!is_wanted_ || now < core::next_check(history_, now, jitter_)) return false;
  // The application, or a command, may have looked in the meantime.
  if (const auto last = core::parse_timestamp(last_check_time(folder_))) {
    if (!history_.last_success || *last > *history_.last_success) history_.last_success = last;
  }
  return now >= core::next_check(history_, now, jitter_);
}

void DailyCheck::ended(sys_seconds now, bool is_success) {
  history_.last_attempt = now;
  history_.failures = is_success ? 0 : history_.failures + 1;
  if (is_success) history_.last_success = now;
}

sys_seconds current_time() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

double random_part() {
  std::random_device random;
  return static_cast<double>(random()) / static_cast<double>(std::random_device::max());
}

}  // namespace launcher
