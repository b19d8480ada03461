// SPDX-License-Identifier: MIT
#include "core/release/changelog_format.hpp"

#include <algorithm>
#include <cstddef>

#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::string_view rst = "reStructuredText";
constexpr std::string_view asciidoc = "AsciiDoc";

using TextLines = std::vector<std::string>;

/// A line of one of the marks that underline a title in reStructuredText; "" for any other.
std::string_view adornment(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  constexpr std::size_t least = 3;
  const bool is_one = line.size() >= least &&
                      std::string_view("=-~^\"+*#:.'`_").find(line[0]) != std::string_view::npos &&
                      line.find_first_not_of(line[0]) == std::string_view::npos;
  return is_one ? line : std::string_view();
}

bool is_title(const std::string& line) { return !trim(line).empty() && adornment(line).empty(); }

/// A title between two lines of equal marks, which are at least as long as the title.
bool is_overlined(const TextLines& lines, std::size_t at) {
  if (at + 2 >= lines.size() || !is_title(lines[at + 1])) return false;
  const std::string_view over = adornment(lines[at]);
  constexpr std::size_t longer_than_a_rule = 4;
  return over.size() >= longer_than_a_rule && over == adornment(lines[at + 2]) &&
         over.size() >= characters(trim(lines[at + 1]));
}

/// A title above marks that Markdown does not underline with, of the same length and no fence.
bool is_underlined(const TextLines& lines, std::size_t at) {
  if (at + 1 >= lines.size() || !is_title(lines[at])) return false;
  if (at > 0 && !trim(lines[at - 1]).empty()) return false;
  const std::string_view under = adornment(lines[at + 1]);
  if (under.empty() || std::string_view("=-`").find(under[0]) != std::string_view::npos)
    return false;
  return under.size() == characters(lines[at]);
}

/// ".. note::", ".. _label:", ".. |name| replace::"
bool is_directive(std::string_view line) {
  line = trim(line);
  if (!line.starts_with(".. ") || line.size() < 4) return false;
  const std::string_view rest = line.substr(3);
  const auto space = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, space);
  return word.ends_with("::") || rest.starts_with('|') ||
         (rest.starts_with('_') && rest.find(':') != std::string_view::npos);
}

/// "`text <address>`_"
bool has_link(std::string_view line) {
  const auto end = line.find(">`_");
  return end != std::string_view::npos && line.substr(0, end).find(" <") != std::string_view::npos;
}

/// ":issue:`12`"
bool has_role(std::string_view line) {
  const auto end = line.find(":`");
  if (end == std::string_view::npos || end == 0) return false;
  const auto begin = line.substr(0, end).find_last_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
  return begin != std::string_view::npos && line[begin] == ':' && begin + 1 < end &&
         (begin == 0 || line[begin - 1] == ' ' || line[begin - 1] == '(');
}

bool is_rst(const TextLines& lines, const std::vector<bool>& is_text) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_underlined(lines, i) && (is_text[i] || i == 0)) return true;
    if (!is_text[i]) continue;
    if (is_overlined(lines, i) || is_directive(lines[i]) || has_link(lines[i]) ||
        has_role(lines[i])) {
      return true;
    }
  }
  return false;
}

/// "== 1.2.0"
bool is_asciidoc(const TextLines& lines, const std::vector<bool>& is_text) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto marks = std::min(lines[i].find_first_not_of('='), lines[i].size());
    if (is_text[i] && marks > 1 && marks < lines[i].size() && lines[i][marks] == ' ') return true;
  }
  return false;
}

}  // namespace

std::string_view format_by_name(std::string_view file) {
  const std::string name = lower(file);
  if (name.ends_with(".rst") || name.ends_with(".rest")) return rst;
  const bool is_asciidoc_name =
      name.ends_with(".adoc") || name.ends_with(".asciidoc") || name.ends_with(".asc");
  return is_asciidoc_name ? asciidoc : "";
}

std::string_view format_by_marks(const TextLines& lines, const std::vector<bool>& is_text) {
  if (is_rst(lines, is_text)) return rst;
  return is_asciidoc(lines, is_text) ? asciidoc : "";
}

}  // namespace core
