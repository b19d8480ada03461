// SPDX-License-Identifier: MIT
#include "core/text/dates.hpp"

#include <charconv>

namespace core {
namespace {

using std::chrono::sys_seconds;

/// A number of exactly `digits` digits at `at`.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned value = 0;
  const char* begin = text.data() + at;
  const auto [end, failure] = std::from_chars(begin, begin + digits, value);
  return failure == std::errc{} && end == begin + digits ? std::optional(value) : std::nullopt;
}

/// A time in UTC; nullopt if the date or the time of day does not exist.
std::optional<sys_seconds> moment(std::optional<unsigned> y, unsigned m, std::optional<unsigned> d,
                                  std::string_view clock) {
  using namespace std::chrono;
  const auto hour = number_at(clock, 0, 2);
  const auto minute = number_at(clock, 3, 2);
  const auto second = number_at(clock, 6, 2);
  if (!y || !d || !hour || !minute || !second) return std::nullopt;
  if (clock[2] != ':' || clock[5] != ':') return std::nullopt;
  constexpr unsigned leap_second = 60;
  if (*hour > 23 || *minute > 59 || *second > leap_second) return std::nullopt;
  const year_month_day date(year(static_cast<int>(*y)), month(m), day(*d));
  if (!date.ok()) return std::nullopt;
  return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
}

}  // namespace

std::optional<sys_seconds> parse_http_date(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  constexpr std::string_view form = "Tue, 24 Nov 2026 10:00:00 GMT";
  if (text.size() != form.size() || !text.ends_with(" GMT")) return std::nullopt;
  if (text[4] != ' ' || text[7] != ' ' || text[11] != ' ' || text[16] != ' ') return std::nullopt;
  const auto month_at = months.find(text.substr(8, 3));
  if (month_at == std::string_view::npos || month_at % 3 != 0) return std::nullopt;
  return moment(number_at(text, 12, 4), static_cast<unsigned>(month_at / 3 + 1),
                number_at(text, 5, 2), text.substr(17, 8));
}

std::optional<sys_seconds> parse_timestamp(std::string_view text) {
  constexpr std::string_view form = "2026-11-24T10:00:00";
  if (text.size() <= form.size() || text[4] != '-' || text[7] != '-' || text[10] != 'T') {
    return std::nullopt;
  }
  const auto month = number_at(text, 5, 2);
  if (!month) return std::nullopt;
  const auto local =
      moment(number_at(text, 0, 4), *month, number_at(text, 8, 2), text.substr(11, 8));
  const std::string_view zone = text.substr(form.size());
  if (!local || zone == "Z") return local;
  constexpr std::size_t offset_length = 6;  // "+01:00"
  if (zone.size() != offset_length || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') {
    return std::nullopt;
  }
  const auto hours = number_at(zone, 1, 2);
  const auto minutes = number_at(zone, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const auto offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return zone[0] == '+' ? *local - offset : *local + offset;
}

}  // namespace core
