// SPDX-License-Identifier: MIT
#include "core/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "core/text.hpp"

namespace core {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds tolerable{300};

/// A number of exactly `digits` digits at `at`.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned value = 0;
  const char* begin = text.data() + at;
  const auto [end, failure] = std::from_chars(begin, begin + digits, value);
  return failure == std::errc{} && end == begin + digits ? std::optional(value) : std::nullopt;
}

std::string human_duration(seconds duration) {
  using namespace std::chrono;
  if (duration < minutes(2)) return fmt::format("{} s", duration.count());
  if (duration < hours(2)) return fmt::format("{} min", duration_cast<minutes>(duration).count());
  if (duration < days(2)) return fmt::format("{} h", duration_cast<hours>(duration).count());
  return fmt::format("{} days", duration_cast<days>(duration).count());
}

}  // namespace

Finding fine(const std::string& subject, const std::string& text, const std::string& remedy) {
  return {Finding::Grade::ok, subject, text, remedy};
}

Finding warned(const std::string& subject, const std::string& text, const std::string& remedy) {
  return {Finding::Grade::warn, subject, text, remedy};
}

Finding failed(const std::string& subject, const Error& error) {
  return {Finding::Grade::fail, subject, error.message, error.hint, error.fault};
}

std::string describe(const Finding& finding) {
  constexpr std::array words = {"OK", "WARN", "FAIL"};
  const char* word = words.at(static_cast<std::size_t>(finding.grade));
  std::string line = fmt::format("{:<5} {}: {}", word, finding.subject, finding.text);
  if (!finding.remedy.empty()) line += (line.ends_with('.') ? " " : ". ") + finding.remedy;
  return line;
}

std::optional<Error> verdict(const std::vector<Finding>& findings) {
  std::vector<std::string> subjects;
  Fault fault = Fault::failed;
  for (const Finding& finding : findings) {
    if (finding.grade != Finding::Grade::fail) continue;
    if (subjects.empty() || subjects.back() != finding.subject) subjects.push_back(finding.subject);
    if (finding.fault == Fault::workflow) fault = Fault::workflow;
  }
  if (subjects.empty()) return std::nullopt;
  return Error(fault, fmt::format("a publish would fail here: {}", join(subjects, ", ")),
               "What to do stands behind each FAIL above.");
}

std::optional<sys_seconds> parse_http_date(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  constexpr std::string_view form = "Tue, 24 Nov 2026 10:00:00 GMT";
  if (text.size() != form.size() || !text.ends_with(" GMT")) return std::nullopt;
  const auto month_at = months.find(text.substr(8, 3));
  const auto d = number_at(text, 5, 2);
  const auto y = number_at(text, 12, 4);
  const auto hour = number_at(text, 17, 2);
  const auto minute = number_at(text, 20, 2);
  const auto second = number_at(text, 23, 2);
  if (month_at == std::string_view::npos || month_at % 3 != 0 || !d || !y || !hour || !minute ||
      !second) {
    return std::nullopt;
  }
  const year_month_day date(year(static_cast<int>(*y)),
                            month(static_cast<unsigned>(month_at / 3 + 1)), day(*d));
  if (!date.ok()) return std::nullopt;
  return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
}

Finding check_clock(std::optional<sys_seconds> server, sys_seconds own) {
  const char* subject = "clock";
  if (!server) return fine(subject, "the server does not tell its time");
  const seconds ahead = own - *server;
  const seconds apart = ahead < seconds(0) ? -ahead : ahead;
  if (apart <= tolerable) return fine(subject, "it agrees with the server's, within 5 minutes");
  const std::string text =
      fmt::format("this machine's is {} {} the server's", human_duration(apart),
                  ahead < seconds(0) ? "behind" : "ahead of");
  return warned(
      subject, text,
      "Set it (NTP): certificates and tokens are valid for a time, and a wrong clock makes "
      "good ones look bad.");
}

}  // namespace core
