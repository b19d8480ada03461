// SPDX-License-Identifier: MIT
// The measurement of tests/support/linear.hpp itself: if it accepted a quadratic parser, no row of
// any table would mean anything.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::numbered;

/// Prevents the work of the parsers below from being optimised away.
volatile std::size_t found = 0;

/// Like a list of mistakes that keeps each once.
void compares_each_line_with_all(const std::string& text) {
  std::vector<std::string> different;
  for (const std::string& line : core::lines(text)) {
    if (std::find(different.begin(), different.end(), line) == different.end()) {
      different.push_back(line);
    }
  }
  found = different.size();
}

/// Like a scanner that searches for an end that never comes.
void reads_on_from_each_opening(const std::string& text) {
  std::size_t ends = 0;
  for (auto at = text.find('['); at != std::string::npos; at = text.find('[', at + 1)) {
    if (text.find(']', at) != std::string::npos) ++ends;
  }
  found = ends;
}

void sorts_lines(const std::string& text) {
  const auto lines = core::lines(text);
  found = std::set<std::string>(lines.begin(), lines.end()).size();
}

}  // namespace

TEST_CASE("the measurement fails a parser whose time grows with the square of the length") {
  for (const linear::Row& row : std::vector<linear::Row>{
           {"different lines", numbered("line ", "\n"), compares_each_line_with_all},
           {"openings", many("["), reads_on_from_each_opening},
       }) {
    const linear::Measured measured = linear::measure(row);
    INFO(row.name << ", " << measured.bytes << " bytes: " << measured.longer
                  << " s, an eighth of it: " << measured.shorter << " s");
    CHECK_FALSE(measured.is_linear());
  }
}

TEST_CASE("the measurement passes a parser that takes n log n") {
  linear::check({"sorted lines", numbered("line ", "\n"), sorts_lines});
}
