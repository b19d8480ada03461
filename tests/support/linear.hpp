// SPDX-License-Identifier: MIT
// Whether the time that a parser takes grows no faster than its input: a table of worst inputs, each
// measured at n bytes and at 2n. Header only, so that the tests of one library can use it.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace linear {

struct Row {
  std::string name;
  std::function<std::string(std::size_t)> input;  ///< about so many bytes
  std::function<void(const std::string&)> parse;  ///< may throw
};

inline std::string repeated(const std::string& part, std::size_t bytes) {
  const std::size_t whole = (bytes + part.size() - 1) / part.size() * part.size();
  std::string text = whole == 0 ? "" : part;
  text.reserve(whole);
  while (text.size() < whole) text.append(text, 0, whole - text.size());
  return text;
}

/// For a row: `head`, as many of `part` as there is room for, `tail`.
inline std::function<std::string(std::size_t)> many(const std::string& part,
                                                    const std::string& head = {},
                                                    const std::string& tail = {}) {
  return [=](std::size_t bytes) { return head + repeated(part, bytes) + tail; };
}

/// For a row: half of it `open`, half of it `close`.
inline std::function<std::string(std::size_t)> nested(const std::string& open,
                                                      const std::string& close,
                                                      const std::string& head = {},
                                                      const std::string& tail = {}) {
  return [=](std::size_t bytes) {
    return head + repeated(open, bytes / 2) + repeated(close, bytes / 2) + tail;
  };
}

/// For a row: `head`, then parts that differ by their number between `before` and `behind`.
inline std::function<std::string(std::size_t)> numbered(const std::string& before,
                                                        const std::string& behind,
                                                        const std::string& head = {}) {
  return [=](std::size_t bytes) {
    std::string text = head;
    for (std::size_t i = 0; text.size() < bytes; ++i) text += before + std::to_string(i) + behind;
    return text;
  };
}

/// Seconds of this thread's processor time; the least of some runs, since others use the machine, too.
inline double seconds(const Row& row, const std::string& input, int runs) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  double least = std::numeric_limits<double>::max();
  for (int run = 0; run < runs; ++run) {
    const double begin = now();
    try {
      row.parse(input);
    } catch (const std::exception&) {
      // A refusal is an answer.
    }
    least = std::min(least, now() - begin);
  }
  return least;
}

inline constexpr double measurable = 0.02;       // seconds
inline constexpr double hopeless = 1;            // seconds, for the smallest input
inline constexpr double slowest_byte = 4e-6;     // seconds, of an unoptimised build
inline constexpr double negligible_byte = 5e-8;  // seconds: caches alone may cost as much
inline constexpr double highest_ratio = 3;       // of 2n to n: 2 where it is linear, 4 where not
inline constexpr std::size_t smallest = 4096;    // bytes
inline constexpr std::size_t largest = 524'288;  // bytes

/// Measures `row` at a size that takes long enough to be measured.
inline void check(const Row& row) {
  std::size_t size = smallest;
  double once = seconds(row, row.input(size), 1);
  INFO(row.name << ", " << size << " bytes: " << once << " s");
  REQUIRE(once < hopeless);
  while (once < measurable && size < largest) {
    size *= 2;
    once = seconds(row, row.input(size), 1);
  }
  const std::string input = row.input(size);
  const std::string longer_input = row.input(2 * size);
  const double slowest = slowest_byte * 2 * static_cast<double>(size);
  const double negligible = negligible_byte * 2 * static_cast<double>(size);
  double twice = std::numeric_limits<double>::max();
  bool is_linear = false;
  // A machine under load may disturb all runs of a try; what is not linear fails each.
  for (int tries = 0; tries < 12 && !is_linear; ++tries) {
    const double once_now = seconds(row, input, 2);
    const double twice_now = seconds(row, longer_input, 2);
    once = std::min(once, once_now);
    twice = std::min(twice, twice_now);
    // Of one try, too: the least of all may be of a moment in which the machine was fast.
    const bool is_in_proportion =
        twice < highest_ratio * once || twice_now < highest_ratio * once_now;
    is_linear = twice < slowest && (is_in_proportion || twice < negligible);
  }
  INFO(row.name << ", " << size << " bytes: " << once << " s, twice as much: " << twice << " s");
  CHECK(is_linear);
}

inline void check(const std::vector<Row>& table) {
  for (const Row& row : table) check(row);
}

}  // namespace linear
