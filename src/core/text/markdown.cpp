// SPDX-License-Identifier: MIT
#include "core/text/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "core/text/code_spans.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::string_view digits = "0123456789";

std::size_t skip(std::string_view text, std::string_view characters, std::size_t from = 0) {
  return std::min(text.find_first_not_of(characters, from), text.size());
}

/// "#12" at the start of `text` if it refers to an issue, else "".
std::string_view issue_reference(std::string_view text, char before) {
  if (!text.starts_with('#') || is_word(before) || before == '/' || before == '&') return {};
  const std::size_t end = skip(text, digits, 1);
  if (end == 1 || (end < text.size() && is_word(text[end]))) return {};
  return text.substr(0, end);
}

/// `text` with a backslash before each of `characters`.
std::string with_backslashes(std::string_view text, std::string_view characters) {
  std::string result;
  for (const char c : text) {
    if (characters.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// "https://…" at the start of `text`, which servers turn into a link. A backslash would become
/// part of the address.
std::string_view address_in(std::string_view text, char before) {
  if (is_word(before) || !(text.starts_with("https://") || text.starts_with("http://"))) return {};
  return text.substr(0, text.find_first_of(" \t<`"));
}

/// The length of the number that would begin a list item, as in "1. x", else 0.
std::size_t length_before_dot(std::string_view text) {
  const std::size_t end = skip(text, digits);
  if (end == 0 || end == text.size() || (text[end] != '.' && text[end] != ')')) return 0;
  return end + 1 == text.size() || text[end + 1] == ' ' || text[end + 1] == '\t' ? end : 0;
}

/// Whether a block may begin with `c`.
bool begins_block(char c) { return std::string_view("#>-+*~=|").find(c) != std::string_view::npos; }

bool is_punctuation(char c) { return c > ' ' && c < 0x7F && (!is_word(c) || c == '_'); }

/// Whether `text` begins with a character reference such as "&lt;" or "&#60;".
bool is_reference(std::string_view text) {
  const auto end =
      std::find_if_not(text.begin() + 1, text.end(), [](char c) { return is_word(c) || c == '#'; });
  return end != text.end() && *end == ';' && end != text.begin() + 1;
}

/// A run of `*`, `_` or `~` at the start of `text`, or "".
std::string_view emphasis_in(std::string_view text) {
  const bool is_mark = std::string_view("*_~").find(text[0]) != std::string_view::npos;
  return text.substr(0, is_mark ? skip(text, text.substr(0, 1)) : 0);
}

/// The run of marks, escaped if it could begin emphasis. If none begins, marks that could end it
/// are harmless.
std::string literal_marks(std::string_view marks, char before, std::string_view behind) {
  const bool is_in_word = marks[0] == '_' && is_word(before);
  const bool begins = !is_in_word && !behind.empty() && behind[0] != ' ' && behind[0] != '\t';
  return begins ? with_backslashes(marks, marks) : std::string(marks);
}

/// The first character of `text`, escaped so that it is plain text.
std::string literal(std::string_view text) {
  const char c = text[0];
  if (c == '<') return "&lt;";
  if (c == '&') return is_reference(text) ? "&amp;" : "&";
  const bool escapes = c == '\\' && text.size() > 1 && is_punctuation(text[1]);
  return c == '[' || escapes ? std::string{'\\', c} : std::string(1, c);
}

/// Labels are compared without case, and with all kinds of blanks equal.
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

/// Of nested brackets, only the innermost contain a label.
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

std::string escaped_markdown(std::string_view text) { return with_backslashes(text, "\\`*_[]<>"); }

std::string markdown_cell(std::string_view text) {
  return with_backslashes(one_line(text), "\\`*_{}[]<>|#~&!");
}

std::string inline_markdown(std::string_view text, const std::string& repository_url) {
  const CodeSpans code_spans(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const char before = at == 0 ? ' ' : text[at - 1];
    const auto issue = issue_reference(rest, before);
    const std::string_view address = address_in(rest, before);
    const std::string_view marks = emphasis_in(rest);
    std::size_t length = 1;
    std::string part;
    if (rest[0] == '`') {
      const CodeSpans::Backticks span = code_spans.at(at);
      length = span.length;
      const std::string_view code = rest.substr(0, length);
      part = span.is_code ? std::string(code) : escaped_markdown(code);
    } else if (!issue.empty() && !repository_url.empty()) {
      length = issue.size();
      part = fmt::format("[{}]({}/issues/{})", issue, repository_url, issue.substr(1));
    } else if (!address.empty()) {
      length = address.size();
      part = address;
    } else if (!marks.empty()) {
      length = marks.size();
      part = literal_marks(marks, before, rest.substr(length));
    } else if (at == 0 && length_before_dot(rest) > 0) {
      length = length_before_dot(rest);
      part = std::string(rest.substr(0, length)) + '\\';
    } else {
      part = literal(rest);
    }
    if (at == 0 && begins_block(part[0])) result = "\\";
    result += part;
    at += length;
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
  std::vector<std::size_t> opened;  // positions of the open brackets
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
