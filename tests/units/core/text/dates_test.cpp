// SPDX-License-Identifier: MIT
#include "core/text/dates.hpp"

#include <catch2/catch_test_macros.hpp>

using core::parse_http_date;
using core::parse_timestamp;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

const sys_seconds moment(seconds(1'795'515'072));  // 2026-11-24T10:11:12Z

}  // namespace

TEST_CASE("a Date header is read to the second, and no other format is read") {
  CHECK(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT") == sys_seconds(seconds(0)));
  CHECK(parse_http_date("Tue, 24 Nov 2026 10:11:12 GMT") == sys_seconds(seconds(1795515072)));
  for (const char* text :
       {"", "Tue, 24 Nov 2026 10:00:00 CET", "Tue, 24 anF 2026 10:00:00 GMT",
        "Tue, 31 Feb 2026 10:00:00 GMT", "Tue, 24-Nov-2026 10:00 GMT", "1795515072",
        "Tue, 2x Nov 2026 10:00:00 GMT", "2026-11-24T10:00:00.0000000Z "}) {
    INFO(text);
    CHECK_FALSE(parse_http_date(text).has_value());
  }
}

TEST_CASE("a Date header with an invalid time is rejected") {
  for (const char* text : {"Tue, 24 Nov 2026 24:00:00 GMT", "Tue, 24 Nov 2026 10:60:00 GMT",
                           "Tue, 24 Nov 2026 10:00:61 GMT", "Tue, 24 Nov 2026 10-00-00 GMT",
                           "Tue, 24-Nov-2026 10:00:00 GMT", "Tue, 24 Nov 2026 10:00:0x GMT",
                           "Tue, 24 Nov 2026 +1:00:00 GMT", "Tue,  4 Nov 2026 10:00:00 GMT"}) {
    INFO(text);
    CHECK_FALSE(parse_http_date(text).has_value());
  }
  CHECK(parse_http_date("Tue, 24 Nov 2026 23:59:60 GMT").has_value());  // a leap second
}

TEST_CASE("a timestamp of the API is read in every time zone") {
  for (const char* text :
       {"2026-11-24T10:11:12Z", "2026-11-24T10:11:12+00:00", "2026-11-24T10:11:12-00:00",
        "2026-11-24T11:11:12+01:00", "2026-11-24T15:41:12+05:30", "2026-11-24T06:41:12-03:30",
        "2026-11-25T00:11:12+14:00", "2026-11-23T22:11:12-12:00"}) {
    INFO(text);
    CHECK(parse_timestamp(text) == moment);
  }
  CHECK(parse_timestamp("1970-01-01T00:00:00Z") == sys_seconds(seconds(0)));
  CHECK(parse_timestamp("2024-02-29T00:00:00Z") == sys_seconds(seconds(1'709'164'800)));
}

TEST_CASE("a malformed timestamp, or one with an invalid day or time, is rejected") {
  for (const char* text : {"",
                           "2026-11-24",
                           "2026-11-24T10:11:12",
                           "2026-11-24T10:11:12z",
                           "2026-11-24 10:11:12Z",
                           "2026-11-24T10:11:12+0100",
                           "2026-11-24T10:11:12+01",
                           "2026-11-24T10:11:12+01:0",
                           "2026-11-24T10:11:12+01:000",
                           "2026-11-24T10:11:12+01-00",
                           "2026-11-24T10:11:12+0x:00",
                           "2026-11-24T10:11:12*01:00",
                           "2026-11-24T10:11:12.5Z",
                           "2026-13-24T10:11:12Z",
                           "2026-00-24T10:11:12Z",
                           "2026-02-29T10:11:12Z",
                           "2026-11-31T10:11:12Z",
                           "2026-11-00T10:11:12Z",
                           "2026-11-24T24:11:12Z",
                           "2026-11-24T10:60:12Z",
                           "2026-11-24T10:11:61Z",
                           "2026-11-24T10-11-12Z",
                           "2026/11/24T10:11:12Z",
                           "-026-11-24T10:11:12Z",
                           "2026-11-24T+1:11:12Z",
                           "2026-11-24T10:11:12+24:00",
                           "2026-11-24T10:11:12+01:60",
                           "2026-11-24T10:11:12Z ",
                           " 2026-11-24T10:11:12Z",
                           "Tue, 24 Nov 2026 10:11:12 GMT",
                           "TTTTTTTTTTTTTTTTTTTTTTTTT"}) {
    INFO(text);
    CHECK_FALSE(parse_timestamp(text).has_value());
  }
}

TEST_CASE("a date that is cut off anywhere is rejected") {
  const std::string_view timestamp = "2026-11-24T11:11:12+01:00";
  for (std::size_t size = 0; size < timestamp.size(); ++size) {
    CHECK_FALSE(parse_timestamp(timestamp.substr(0, size)).has_value());
  }
  const std::string_view header = "Tue, 24 Nov 2026 10:11:12 GMT";
  for (std::size_t size = 0; size < header.size(); ++size) {
    CHECK_FALSE(parse_http_date(header.substr(0, size)).has_value());
  }
}
