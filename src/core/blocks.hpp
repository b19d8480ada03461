// SPDX-License-Identifier: MIT
// The blocks of a Markdown text, line by line, by the rules of CommonMark: where code, HTML and text
// begin and end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace core {

class Blocks {
 public:
  enum class Kind { text, code, html };

  struct Line {
    Kind kind = Kind::text;
    bool begins = false;  ///< a block that is no continuation of the line before
  };

  /// Takes the next line, without its end.
  Line read(std::string_view line);

  /// What would end the block of code or HTML that is open behind the last line and goes on over all
  /// that follows: "```", "-->", "</pre>"; "" where none is.
  std::string end() const;

  /// Whether that block is one of code: its end needs a line of its own.
  bool in_fence() const { return leaf_ == Leaf::fence; }

 private:
  enum class Leaf { none, paragraph, fence, html };

  /// A block quote or an item of a list.
  struct Container {
    std::size_t padding = 0;  ///< columns before what stands in an item; 0 for a quote
    bool is_empty = false;    ///< an item that has nothing yet but its marker
  };

  bool continues(Container& container);
  bool read_leaf(Line& line);
  bool begins_container();
  bool begins_item(std::size_t indent);
  bool begins_leaf(Line& line);
  bool is_html_over() const;
  void leave_unmatched();
  std::string_view rest() const;
  bool in_paragraph() const { return leaf_ == Leaf::paragraph && !has_opened_; }

  std::vector<Container> containers_;
  Leaf leaf_ = Leaf::none;
  std::string fence_;          ///< what opened it, such as "~~~~"
  std::string_view html_end_;  ///< "" for HTML that a blank line ends

  // Of the line that is being read.
  std::string line_;         ///< without tabs
  std::size_t at_ = 0;       ///< how much of it belongs to containers
  std::size_t matched_ = 0;  ///< how many containers go on
  bool has_opened_ = false;  ///< a container
};

/// Whether each line is text: neither in a block of code nor of HTML.
std::vector<bool> text_lines(const std::vector<std::string>& lines);

}  // namespace core
