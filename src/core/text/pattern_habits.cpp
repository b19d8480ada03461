// SPDX-License-Identifier: MIT
#include "core/text/pattern_habits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/text/text.hpp"

namespace core {
namespace {

using Exists = std::function<bool(const std::string&)>;
using Habit = std::optional<PatternHabit>;

constexpr const char* a_line_each =
    "Write each pattern on a separate line: 'files: |', then the lines.";

/// The non-empty parts of `text` between separators that are not within braces.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (depth <= 0 && separators.find(c) != std::string_view::npos) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = trim(part);
  std::erase(parts, "");
  return parts;
}

/// A pattern as it is shown in a hint.
std::string shown(std::string_view text) { return one_line(text, 80); }

std::string without_backslashes(std::string_view pattern) {
  std::string result(pattern);
  std::replace(result.begin(), result.end(), '\\', '/');
  return result;
}

Habit of_expression(std::string_view pattern) {
  if (pattern.find("${{") == std::string_view::npos) return std::nullopt;
  return PatternHabit{"it contains an expression that was not evaluated",
                      "The runner evaluates ${{ … }} only in workflow files: set the input there."};
}

Habit of_variable(std::string_view pattern) {
  const auto dollar = pattern.find('$');
  const auto percent = pattern.find('%');
  const bool of_shell = dollar != std::string_view::npos && dollar + 1 < pattern.size() &&
                        (is_word(pattern[dollar + 1]) || pattern[dollar + 1] == '{');
  const bool of_cmd = percent != std::string_view::npos && percent + 1 < pattern.size() &&
                      is_letter(pattern[percent + 1]) &&
                      pattern.find('%', percent + 1) != std::string_view::npos;
  if (!of_shell && !of_cmd) return std::nullopt;
  return PatternHabit{"variables are not expanded, because no shell reads it",
                      "Write ${{ env.NAME }} in the workflow instead."};
}

Habit of_comment(std::string_view pattern) {
  if (pattern.starts_with('#')) {
    return PatternHabit{"each line is a pattern, and comments are not supported",
                        "Remove the line."};
  }
  const auto comment = pattern.find(" #");
  if (comment == std::string_view::npos) return std::nullopt;
  return PatternHabit{
      "comments are not supported, so '#' and the text after it are part of the pattern",
      fmt::format("Write '{}'.", shown(trim(pattern.substr(0, comment))))};
}

Habit of_list(std::string_view pattern) {
  if (!pattern.starts_with("- ")) return std::nullopt;
  return PatternHabit{
      "the input is a text and not a list, so '- ' is part of the pattern",
      fmt::format("Write '{}'; with 'files: |', one pattern per line, dashes are not needed.",
                  shown(trim(pattern.substr(2))))};
}

Habit of_quotes(std::string_view pattern) {
  constexpr std::array<std::string_view, 4> quotes = {"\"", "'", "“", "‘"};
  for (const std::string_view quote : quotes) {
    if (!pattern.starts_with(quote)) continue;
    std::string_view inner = pattern.substr(quote.size());
    for (const std::string_view end : {",", "\"", "'", "”", "’"}) {
      if (inner.ends_with(end)) inner.remove_suffix(end.size());
    }
    return PatternHabit{"the quotes are part of the pattern",
                        fmt::format("Write '{}' without them.", shown(inner))};
  }
  return std::nullopt;
}

Habit of_address(std::string_view pattern) {
  const auto scheme = pattern.find("://");
  if (scheme == std::string_view::npos || scheme > 8) return std::nullopt;
  return PatternHabit{"it is an address",
                      "Download the file in an earlier step, and write its path."};
}

Habit of_backslashes(std::string_view pattern) {
  const auto backslash = pattern.find('\\');
  if (backslash == std::string_view::npos) return std::nullopt;
  constexpr std::string_view escapable = "*?[]{},!\\";
  const bool is_escape = backslash + 1 < pattern.size() && backslash > 0 &&
                         escapable.find(pattern[backslash + 1]) != std::string_view::npos &&
                         pattern.find('/') != std::string_view::npos;
  if (is_escape) return std::nullopt;
  return PatternHabit{"'\\' makes the next character literal, also on Windows",
                      fmt::format("Write '{}'.", shown(without_backslashes(pattern)))};
}

Habit of_extended_pattern(std::string_view pattern) {
  for (const std::string_view opening : {"@(", "+(", "?(", "*(", "!("}) {
    const auto at = pattern.find(opening);
    const auto bar = pattern.find('|', at == std::string_view::npos ? 0 : at);
    if (at == std::string_view::npos || bar == std::string_view::npos) continue;
    if (pattern.find(')', bar) == std::string_view::npos) continue;
    return PatternHabit{fmt::format("'{}…)' is not a pattern here", opening),
                        "Write alternatives as {a,b}."};
  }
  return std::nullopt;
}

Habit of_separator(std::string_view pattern, const Exists& exists) {
  for (const char separator : {',', ';', '|', ' '}) {
    const auto parts = parts_of(pattern, std::string_view(&separator, 1));
    if (parts.size() < 2) continue;
    // A comma between paths is always a separator; the other characters may be part of a name.
    const bool look_like_paths = std::all_of(
        parts.begin(), parts.end(),
        [](const std::string& part) { return part.find_first_of("./*") != std::string::npos; });
    const bool one_exists = std::any_of(parts.begin(), parts.end(), exists);
    if (!one_exists && !(separator == ',' && look_like_paths)) continue;
    const char* name = separator == ',' ? "commas" : separator == ' ' ? "blanks" : "";
    return PatternHabit{
        *name != '\0'
            ? fmt::format("patterns are separated by line breaks, not by {}", name)
            : fmt::format("patterns are separated by line breaks, not by '{}'", separator),
        a_line_each};
  }
  return std::nullopt;
}

Habit of_arrow(std::string_view pattern, const Exists& exists) {
  for (const std::string_view arrow : {"=>", "->", "#", ":"}) {
    const auto at = pattern.find(arrow);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string path(trim(pattern.substr(0, at)));
    const std::string name(trim(pattern.substr(at + arrow.size())));
    if (path.empty() || name.empty() || !exists(path)) continue;
    return PatternHabit{"the name of the asset has to follow ' => ', with blanks around it",
                        fmt::format("Write '{} => {}'.", shown(path), shown(name))};
  }
  return std::nullopt;
}

Habit of_brackets(std::string_view pattern, const Exists& exists) {
  if (pattern.find('[') == std::string_view::npos) return std::nullopt;
  std::string literal;
  for (const char c : pattern) {
    if (std::string_view("[]").find(c) != std::string_view::npos) literal += '\\';
    literal += c;
  }
  if (!exists(literal)) return std::nullopt;
  return PatternHabit{"'[…]' matches one of the characters in it",
                      fmt::format("Write '{}' to match the file of this name.", shown(literal))};
}

Habit of_stars(std::string_view pattern, const Exists& exists) {
  const auto stars = pattern.find("**");
  if (stars == std::string_view::npos) return std::nullopt;
  const bool begins = stars == 0 || pattern[stars - 1] == '/';
  const auto end = stars + 2;
  if (!begins || end >= pattern.size() || pattern[end] == '/') return std::nullopt;
  const std::string better =
      std::string(pattern.substr(0, end)) + "/*" + std::string(pattern.substr(end));
  if (!exists(better)) return std::nullopt;
  return PatternHabit{"'**' matches directories only if it is a whole segment",
                      fmt::format("Write '{}'.", shown(better))};
}

Habit of_invisible_characters(std::string_view pattern) {
  constexpr std::array<std::pair<std::string_view, const char*>, 6> invisible = {
      {{"\u00a0", "U+00A0"},
       {"\u200b", "U+200B"},
       {"\ufeff", "U+FEFF"},
       {"\u2013", "U+2013"},
       {"\u2011", "U+2011"},
       {"\u2026", "U+2026"}}};
  for (const auto& [character, name] : invisible) {
    if (pattern.find(character) == std::string_view::npos) continue;
    return PatternHabit{
        fmt::format("it contains the character {}, which looks like a different one", name),
        "Type the pattern again instead of pasting it."};
  }
  return std::nullopt;
}

/// Replaces each letter with an accent by a placeholder, in either form. Only for Latin letters and
/// combining marks.
std::string without_accents(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    const bool is_combining = (c == 0xCC && next >= 0x80) || (c == 0xCD && next <= 0xAF);
    const bool is_latin = c >= 0xC3 && c <= 0xC9;
    const bool is_additional = c == 0xE1 && next >= 0xB8 && next <= 0xBB;
    if (is_combining) {
      if (!result.empty()) result.back() = '\0';
      ++i;
    } else if (is_latin || is_additional) {
      result += '\0';
      i += is_additional ? 2 : 1;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace

Habit pattern_habit(std::string_view pattern, const Exists& exists) {
  using Check = Habit (*)(std::string_view);
  constexpr Check by_text[] = {
      of_expression,           of_variable,        of_list, of_quotes, of_comment, of_address,
      of_invisible_characters, of_extended_pattern};
  for (const Check check : by_text) {
    if (auto habit = check(pattern)) return habit;
  }
  using CheckFiles = Habit (*)(std::string_view, const Exists&);
  constexpr CheckFiles by_files[] = {of_brackets, of_arrow, of_separator, of_stars};
  for (const CheckFiles check : by_files) {
    if (auto habit = check(pattern, exists)) return habit;
  }
  return of_backslashes(pattern);
}

bool differ_in_unicode_form(std::string_view a, std::string_view b) {
  return a != b && without_accents(a) == without_accents(b);
}

}  // namespace core
