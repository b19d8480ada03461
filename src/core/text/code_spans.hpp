// SPDX-License-Identifier: MIT
// Finds the code spans of Markdown, by the rules of CommonMark.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

namespace core {

/// An index of the runs of backticks in a text, so that finding the end of a code span takes little
/// time.
class CodeSpans {
 public:
  explicit CodeSpans(std::string_view text);

  struct Backticks {
    std::size_t length = 0;
    bool is_code = false;  ///< otherwise the backticks begin no code span
  };

  /// The code span that begins at `at`, or only the backticks there. A code span cannot go beyond
  /// its paragraph.
  Backticks at(std::size_t at) const;

 private:
  std::string_view text_;
  std::map<std::size_t, std::vector<std::size_t>> runs_;  ///< positions of the runs, by length
  std::vector<std::size_t> paragraph_ends_;
};

}  // namespace core
