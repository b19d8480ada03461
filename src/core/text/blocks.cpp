// SPDX-License-Identifier: MIT
#include "core/text/blocks.hpp"

#include <algorithm>

#include "core/text/block_starts.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_containers =
    32;  // nested in each other; an empty line is checked against each of them

std::string without_tabs(std::string_view line) {
  std::string result;
  for (const char c : line) {
    if (c != '\t') {
      result += c;
    } else {
      result.append(code_indent - result.size() % code_indent, ' ');
    }
  }
  return result;
}

}  // namespace

std::string_view Blocks::rest() const { return std::string_view(line_).substr(at_); }

/// Whether the line continues `container`; if so, skips the container's part of the line.
bool Blocks::continues(Container& container) {
  const std::size_t indent = indent_of(rest());
  if (container.padding == 0) {
    if (indent >= code_indent || !rest().substr(indent).starts_with('>')) return false;
    at_ += indent + 1;
    if (rest().starts_with(' ')) ++at_;
    return true;
  }
  if (is_blank(rest())) return !container.is_empty;
  if (indent < container.padding) return false;
  at_ += container.padding;
  container.is_empty = false;
  return true;
}

void Blocks::leave_unmatched() {
  if (!has_opened_) containers_.resize(matched_);
  leaf_ = Leaf::none;
}

bool Blocks::is_html_over() const {
  return html_end_.empty() ? is_blank(rest()) : ends_html(rest(), html_end_);
}

/// Whether the line belongs to a code or HTML block that began earlier.
bool Blocks::read_leaf(Line& line) {
  if (matched_ < containers_.size()) return false;
  if (leaf_ == Leaf::fence) {
    const std::size_t indent = indent_of(rest());
    const std::string_view marks = rest().substr(indent);
    const std::size_t length = run_of(fence_[0], marks);
    const bool is_end =
        indent < code_indent && length >= fence_.size() && is_blank(marks.substr(length));
    if (is_end) leaf_ = Leaf::none;
    line.kind = Kind::code;
    return true;
  }
  if (leaf_ != Leaf::html) return false;
  if (is_html_over()) leaf_ = Leaf::none;
  line.kind = Kind::html;
  return true;
}

bool Blocks::begins_item(std::size_t indent) {
  const std::string_view item = rest().substr(indent);
  const std::size_t marker = marker_of(item);
  if (marker == 0) return false;
  const std::string_view content = item.substr(marker);
  // Within a paragraph, only the number 1 begins a list.
  const bool interrupts = in_paragraph() && matched_ == containers_.size();
  const bool is_first = !is_digit(item[0]) || item.substr(0, marker - 1) == "1";
  if (interrupts && (is_blank(content) || !is_first)) return false;
  const std::size_t blanks = indent_of(content);
  const bool is_empty = is_blank(content);
  const std::size_t after = is_empty || blanks > code_indent ? 1 : blanks;
  leave_unmatched();
  containers_.push_back({indent + marker + after, is_empty});
  at_ = std::min(at_ + indent + marker + after, line_.size());
  return true;
}

/// Whether a block quote or list item begins here; if so, skips its marker.
bool Blocks::begins_container() {
  const std::size_t indent = indent_of(rest());
  if (indent >= code_indent || matched_ >= max_containers) return false;
  const std::string_view marker = rest().substr(indent);
  if (marker.starts_with('>')) {
    leave_unmatched();
    containers_.push_back({});
    at_ += indent + 1;
    if (rest().starts_with(' ')) ++at_;
  } else {
    const bool is_underlined =
        in_paragraph() && matched_ == containers_.size() && is_underline(marker);
    if (is_underlined || is_rule(marker) || !begins_item(indent)) return false;
  }
  has_opened_ = true;
  matched_ = containers_.size();
  return true;
}

/// Whether a block other than a paragraph begins here.
bool Blocks::begins_leaf(Line& line) {
  const std::size_t indent = indent_of(rest());
  const std::string_view text = rest().substr(indent);
  line.begins = true;
  if (indent >= code_indent) {
    if (in_paragraph()) return false;
    leave_unmatched();
    line.kind = Kind::code;
    return true;
  }
  const std::string_view fence = fence_in(text);
  if (!fence.empty()) {
    leave_unmatched();
    leaf_ = Leaf::fence;
    fence_ = fence;
    line.kind = Kind::code;
    return true;
  }
  const auto html_end = html_begun(text);
  if (html_end || (!in_paragraph() && is_lone_tag(text))) {
    html_end_ = html_end.value_or("");
    leave_unmatched();
    leaf_ = is_html_over() ? Leaf::none : Leaf::html;
    line.kind = Kind::html;
    return true;
  }
  if (in_paragraph() && matched_ == containers_.size() && is_underline(text)) {
    leaf_ = Leaf::none;
    line.begins = false;
    if (containers_.empty()) line.heading = text[0] == '=' ? 1 : 2;
    return true;
  }
  if (!is_heading(text) && !is_rule(text)) return false;
  leave_unmatched();
  if (is_heading(text) && containers_.empty()) line.heading = run_of('#', text);
  return true;
}

Blocks::Line Blocks::read(std::string_view given) {
  line_ = without_tabs(given);
  at_ = 0;
  matched_ = 0;
  has_opened_ = false;
  while (matched_ < containers_.size() && continues(containers_[matched_])) ++matched_;
  Line line;
  if (read_leaf(line)) return line;
  if (leaf_ == Leaf::fence || leaf_ == Leaf::html) leaf_ = Leaf::none;
  if (is_blank(rest())) {
    leave_unmatched();
    return line;
  }
  while (begins_container()) {
  }
  if (is_blank(rest())) {  // a block quote or item that is still empty
    line.begins = true;
    return line;
  }
  if (begins_leaf(line)) return line;
  line.begins = !in_paragraph();
  if (!line.begins) return line;  // a line of a paragraph may omit the markers of its containers
  leave_unmatched();
  leaf_ = Leaf::paragraph;
  return line;
}

std::string Blocks::end() const {
  // A fenced block in a block quote or item ends with its container.
  if (leaf_ == Leaf::fence) return containers_.empty() ? fence_ : "";
  return leaf_ == Leaf::html ? std::string(html_end_) : "";
}

std::vector<bool> text_lines(const std::vector<std::string>& lines) {
  Blocks blocks;
  std::vector<bool> result;
  result.reserve(lines.size());
  for (const std::string& line : lines) {
    result.push_back(blocks.read(line).kind == Blocks::Kind::text);
  }
  return result;
}

}  // namespace core
