// SPDX-License-Identifier: MIT
#include "core/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "core/code_spans.hpp"
#include "core/text.hpp"

namespace core {
namespace {

constexpr std::string_view digits = "0123456789";

std::size_t skip(std::string_view text, std::string_view characters, std::size_t from = 0) {
  return std::min(text.find_first_not_of(characters, from), text.size());
}

/// "#12" at the start of `text` where it stands for an issue, else "".
std::string_view issue_reference(std::string_view text, char before) {
  if (!text.starts_with('#') || is_word(before) || before == '/' || before == '&') return {};
  const std::size_t end = skip(text, digits, 1);
  if (end == 1 || (end < text.size() && is_word(text[end]))) return {};
  return text.substr(0, end);
}

/// Labels are compared without regard to case and the kind of blanks.
std::string label_key(std::string_view label) {
  std::string key;
  for (const char c : lower(trim(label))) {
    const char plain = c == '\n' || c == '\t' ? ' ' : c;
    if (plain != ' ' || !key.ends_with(' ')) key += plain;
  }
  return key;
}

bool is_title(std::string_view text) {
  if (text.size() < 2) return false;
  const char close = text.front() == '(' ? ')' : text.front();
  return std::string_view("\"'(").find(text.front()) != std::string_view::npos &&
         text.back() == close;
}

/// Of nested brackets only the innermost hold a label.
bool is_label(std::string_view text) {
  constexpr std::size_t longest = 999;  // CommonMark's limit, of characters
  return text.size() <= longest && text.find_first_of("[]") == std::string_view::npos;
}

const std::string* find_link(const LinkDefinitions& definitions, std::string_view label) {
  if (!is_label(label)) return nullptr;
  const auto found = definitions.find(label_key(label));
  return found == definitions.end() ? nullptr : &found->second;
}

}  // namespace

std::string escaped_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string inline_markdown(std::string_view text, const std::string& repository_url) {
  const CodeSpans code_spans(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto issue = issue_reference(rest, at == 0 ? ' ' : text[at - 1]);
    if (rest[0] == '`') {
      const CodeSpans::Backticks span = code_spans.at(at);
      const std::string_view code = rest.substr(0, span.length);
      result += span.is_code ? std::string(code) : escaped_markdown(code);
      at += span.length;
    } else if (!issue.empty() && !repository_url.empty()) {
      result += fmt::format("[{}]({}/issues/{})", issue, repository_url, issue.substr(1));
      at += issue.size();
    } else if (rest[0] == '<') {
      result += "&lt;";
      ++at;
    } else {
      if (at == 0 && std::string_view("#>-+*~=|").find(rest[0]) != std::string_view::npos) {
        result += '\\';
      }
      result += rest[0];
      ++at;
    }
  }
  return result;
}

std::vector<bool> text_lines(const std::vector<std::string>& lines) {
  std::vector<bool> result;
  std::string fence;  // what opened the block that a line is in
  bool comment = false;
  for (const std::string& line : lines) {
    const std::string_view text = trim(line);
    const std::string_view marks = text.substr(0, skip(text, text.starts_with('~') ? "~" : "`"));
    const bool was_text = fence.empty() && !comment;
    bool is_text = was_text;
    if (!fence.empty()) {
      if (marks.size() >= fence.size() && marks == text && text[0] == fence[0]) fence.clear();
    } else if (comment) {
      comment = text.find("-->") == std::string_view::npos;
    } else if (marks.size() >= 3 && text.find('`', marks.size()) == std::string_view::npos) {
      fence = marks;
      is_text = false;
    } else if (text.starts_with("<!--")) {
      comment = text.find("-->") == std::string_view::npos;
      is_text = false;
    }
    result.push_back(is_text);
  }
  return result;
}

bool read_link_definition(std::string_view line, LinkDefinitions& definitions) {
  const std::size_t indent = skip(line, " ");
  if (indent > 3) return false;
  line.remove_prefix(indent);
  const auto close = line.find("]:");
  if (!line.starts_with('[') || close == std::string_view::npos) return false;
  const std::string_view label = line.substr(1, close - 1);
  if (!is_label(label)) return false;
  const std::string key = label_key(label);
  if (key.empty() || label.starts_with('^')) return false;  // "[^1]:" begins a footnote
  std::string_view rest = trim(line.substr(close + 2));
  std::string_view address = rest.substr(0, rest.find_first_of(" \t"));
  if (rest.starts_with('<')) {
    const auto end = rest.find('>');
    if (end == std::string_view::npos) return false;
    address = rest.substr(0, end + 1);
  }
  const std::string_view title = trim(rest.substr(address.size()));
  if (address.empty() || (!title.empty() && !is_title(title))) return false;
  std::string target(address);
  if (address[0] != '<' && address.find_first_of("()") != std::string_view::npos) {
    target = fmt::format("<{}>", address);
  }
  if (!title.empty()) target += fmt::format(" {}", title);
  definitions.emplace(key, fmt::format("({})", target));
  return true;
}

std::string with_links_written_out(std::string_view text, const LinkDefinitions& definitions) {
  const CodeSpans code_spans(text);
  std::string result;
  std::vector<std::size_t> opened;  // where the brackets that are open begin
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t length = 1;
    if (rest[0] == '\\') length = std::min<std::size_t>(2, rest.size());
    if (rest[0] == '`') length = code_spans.at(at).length;
    if (rest[0] == '[') opened.push_back(at);
    result += rest.substr(0, length);
    at += length;
    if (rest[0] != ']' || opened.empty()) continue;
    const std::string_view own = text.substr(opened.back() + 1, at - opened.back() - 2);
    opened.pop_back();
    const std::string_view behind = text.substr(at);
    if (behind.starts_with('(')) continue;
    const auto end = behind.starts_with('[') ? behind.find(']') : std::string_view::npos;
    const std::string_view label =
        end == std::string_view::npos || end == 1 ? own : behind.substr(1, end - 1);
    if (const std::string* link = find_link(definitions, label)) {
      result += *link;
      if (end != std::string_view::npos) at += end + 1;
    }
  }
  return result;
}

}  // namespace core
