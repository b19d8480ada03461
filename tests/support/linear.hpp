// SPDX-License-Identifier: MIT
// Whether the time that a parser takes grows no faster than its input: a table of the worst inputs,
// each measured with n bytes and with 8n, where the time may grow by less than 3 for each doubling.
// Header only, so that the tests of one library can use it.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "sanitized.hpp"

namespace linear {

struct Row {
  std::string name;
  std::function<std::string(std::size_t)> input;  ///< about that many bytes
  std::function<void(const std::string&)> parse;  ///< may throw
};

inline std::string repeated(const std::string& part, std::size_t bytes) {
  const std::size_t whole = (bytes + part.size() - 1) / part.size() * part.size();
  std::string text = whole == 0 ? "" : part;
  text.reserve(whole);
  while (text.size() < whole) text.append(text, 0, whole - text.size());
  return text;
}

/// For a row: `head`, as many of `part` as fit, `tail`.
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

inline constexpr int doublings = 3;          // from the shorter input to the longer
inline constexpr double highest_ratio = 20;  // of their times: 8 if linear, 64 if quadratic
inline constexpr double measurable = 0.25;   // seconds, of the longer input
inline constexpr double hopeless = 1;        // seconds, of the smallest input
/// Seconds, in an unoptimised build on a machine whose processors others use as well.
inline constexpr double slowest_byte = support::sanitized ? 1e-4 : 1e-5;
inline constexpr double negligible_byte = 5e-8;  // seconds: caches alone may cost as much
inline constexpr std::size_t smallest = 4096;    // bytes
inline constexpr std::size_t largest = std::size_t{1} << 20;  // bytes

/// Seconds of this thread's processor time for one run.
inline double seconds(const Row& row, const std::string& input) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  const double begin = now();
  try {
    row.parse(input);
  } catch (const std::exception&) {
    // An error is also a result.
  }
  return now() - begin;
}

/// The times of a row's parser for an input and for one eight times as long.
struct Measured {
  std::size_t bytes = 0;                                ///< of the longer input
  double shorter = std::numeric_limits<double>::max();  ///< seconds, the minimum of all runs
  double longer = std::numeric_limits<double>::max();   ///< likewise

  bool is_linear() const {
    const double byte = longer / static_cast<double>(bytes);
    return byte < slowest_byte && (longer < highest_ratio * shorter || byte < negligible_byte);
  }
};

/// Looks for a size up to `limit` bytes that takes long enough to be measured, since quadratic work
/// shows only when it outweighs the rest; then compares it with an eighth of that size. Processor
/// time is noisy if others use the machine, but noise only adds to it: the minimum of several runs
/// counts, and runs of both lengths alternate, so that a slow moment affects both. Three doublings
/// leave room on both sides of the limit, which one doubling (2 or 4) does not.
inline Measured measure(const Row& row, std::size_t limit = largest) {
  constexpr int most_rounds = 5;
  constexpr int runs_of_shorter = 3;  // in a round: they are cheap, and a wrong one hides the most
  Measured measured;
  measured.bytes = smallest;
  std::string longer = row.input(measured.bytes);
  measured.longer = seconds(row, longer);
  if (measured.longer > hopeless) return measured;
  while (measured.longer < measurable && measured.bytes < limit) {
    measured.bytes = std::min(4 * measured.bytes, limit);
    longer = row.input(measured.bytes);
    measured.longer = seconds(row, longer);
  }
  const std::string shorter = row.input(measured.bytes >> doublings);
  for (int round = 0; round < most_rounds; ++round) {
    for (int run = 0; run < runs_of_shorter; ++run) {
      measured.shorter = std::min(measured.shorter, seconds(row, shorter));
    }
    if (measured.is_linear()) break;
    measured.longer = std::min(measured.longer, seconds(row, longer));
  }
  return measured;
}

inline void check(const Row& row, std::size_t limit = largest) {
  const Measured measured = measure(row, limit);
  INFO(row.name << ", " << measured.bytes << " bytes: " << measured.longer
                << " s, an eighth of it: " << measured.shorter << " s");
  CHECK(measured.is_linear());
}

/// `limit`: bytes of the largest input, for a parser that rejects larger ones unread.
inline void check(const std::vector<Row>& table, std::size_t limit = largest) {
  for (const Row& row : table) check(row, limit);
}

}  // namespace linear
