// SPDX-License-Identifier: MIT
// Code spans of Markdown, by the rules of CommonMark.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

namespace core {

/// The runs of backticks in a text, so that the end of a code span is found without reading on.
class CodeSpans {
 public:
  explicit CodeSpans(std::string_view text);

  struct Backticks {
    std::size_t length = 0;
    bool is_code = false;  ///< else backticks that begin no code span
  };

  /// What the backticks at `at` begin; a code span ends with its paragraph.
  Backticks at(std::size_t at) const;

 private:
  std::string_view text_;
  std::map<std::size_t, std::vector<std::size_t>> runs_;  ///< where they begin, by their length
  std::vector<std::size_t> paragraph_ends_;
};

}  // namespace core
