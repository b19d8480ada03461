// SPDX-License-Identifier: MIT
// Divides a Markdown text into blocks of code, HTML and text, line by line, by the rules of
// CommonMark.
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
    bool begins = false;  ///< the line begins a new block
    /// The level (1 to 6) of a heading outside quotes and lists, else 0. The line is the heading, or the
    /// underline of the paragraph before it.
    std::size_t heading = 0;
  };

  /// Reads the next line, without its line end.
  Line read(std::string_view line);

  /// The text that would end the code or HTML block that is still open after the last line: "```",
  /// "-->", "</pre>"; "" if none is open.
  std::string end() const;

  /// Whether the open block is a fenced code block, whose end needs its own line.
  bool in_fence() const { return leaf_ == Leaf::fence; }

 private:
  enum class Leaf { none, paragraph, fence, html };

  /// A block quote or an item of a list.
  struct Container {
    std::size_t padding = 0;  ///< columns before the content of an item; 0 for a block quote
    bool is_empty = false;    ///< an item that has only its marker so far
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
  std::string fence_;          ///< the text that opened the fenced block, such as "~~~~"
  std::string_view html_end_;  ///< "" if a blank line ends the HTML block

  // State of the line that is being read.
  std::string line_;         ///< the line with tabs replaced by blanks
  std::size_t at_ = 0;       ///< the part before this belongs to containers
  std::size_t matched_ = 0;  ///< how many containers the line continues
  bool has_opened_ = false;  ///< the line has opened a container
};

/// For each line, whether it is text and not in a code or HTML block.
std::vector<bool> text_lines(const std::vector<std::string>& lines);

}  // namespace core
