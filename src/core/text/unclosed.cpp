// SPDX-License-Identifier: MIT
#include "core/text/unclosed.hpp"

#include <algorithm>
#include <cstddef>

#include "core/text/blocks.hpp"
#include "core/text/code_spans.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::string_view comment_begin = "<!--";
constexpr std::string_view comment_end = "-->";

/// The part of a paragraph that is neither code nor escaped.
std::string outside_code(std::string_view text) {
  const CodeSpans spans(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    if (text[at] == '`') {
      length = spans.at(at).length;
    } else if (text[at] == '\\') {
      length = 2;
    } else {
      result += text[at];
    }
    at += length;
  }
  return result;
}

bool leaves_comment_open(std::string_view text) {
  const auto begin = text.rfind(comment_begin);
  return begin != std::string_view::npos && text.find(comment_end, begin) == std::string_view::npos;
}

/// The number of times that `tag`, such as "<details", occurs in `text`, which is in lower case.
std::size_t count(std::string_view text, std::string_view tag) {
  std::size_t found = 0;
  for (auto at = text.find(tag); at != std::string_view::npos; at = text.find(tag, at + 1)) {
    const std::string_view behind = text.substr(at + tag.size());
    if (behind.empty() || !is_word(behind[0])) ++found;
  }
  return found;
}

/// `text` without comments. A comment that is not closed extends to the end of `text`.
std::string outside_comments(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto begin = std::min(text.find(comment_begin), text.size());
    const auto end = std::min(text.find(comment_end, begin), text.size());
    result += text.substr(0, begin);
    text.remove_prefix(std::min(end + comment_end.size(), text.size()));
  }
  return result;
}

class Unclosed {
 public:
  void read(const std::string& line) {
    const Blocks::Line read = blocks_.read(line);
    begins_with_comment_ =
        line.starts_with(comment_begin) && line.find(comment_end) == std::string::npos;
    const bool ends_paragraph = kind_ == Blocks::Kind::text && trim(line).empty();
    if (read.begins || read.kind != kind_ || ends_paragraph) end_part();
    kind_ = read.kind;
    if (kind_ != Blocks::Kind::code) part_ += line + '\n';
  }

  std::string closing() {
    std::string result = end_of_block();
    part_ += result;
    end_part();
    for (std::size_t i = 0; i < details_; ++i) result += "\n\n</details>";
    return result;
  }

 private:
  /// Paragraphs and HTML blocks are examined as a whole.
  std::string part() const { return kind_ == Blocks::Kind::html ? part_ : outside_code(part_); }

  void end_part() {
    const std::string tags = lower(outside_comments(part()));
    details_ += count(tags, "<details");
    details_ -= std::min(details_, count(tags, "</details"));
    part_.clear();
  }

  std::string end_of_block() const {
    std::string end = blocks_.end();
    if (blocks_.in_fence()) return end.empty() ? "" : "\n" + end;
    if (end == comment_end || (end.empty() && leaves_comment_open(part()))) {
      // A line that begins with a comment must not become one that another reader takes for its own.
      return begins_with_comment_ ? "\n-->" : " -->";
    }
    return end;
  }

  Blocks blocks_;
  Blocks::Kind kind_ = Blocks::Kind::text;
  std::string part_;                  ///< the current paragraph or HTML block
  bool begins_with_comment_ = false;  ///< the last line does
  std::size_t details_ = 0;           ///< number of open <details>
};

}  // namespace

std::string with_blocks_closed(std::string_view text) {
  // What closes one block may leave another one open: `<!a` ends at the first `>`, a comment does not.
  constexpr int max_passes = 4;
  std::string result(text);
  for (int pass = 0; pass < max_passes; ++pass) {
    Unclosed unclosed;
    for (const std::string& line : lines(result)) unclosed.read(line);
    const std::string closing = unclosed.closing();
    if (closing.empty()) break;
    result += closing;
  }
  return result;
}

}  // namespace core
