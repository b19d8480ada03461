// SPDX-License-Identifier: MIT
#include "core/text/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace core {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// The failure function of Knuth, Morris and Pratt: for each prefix of `wanted`, the length of its
/// longest proper suffix that is also a prefix. With it, a search never goes back in the text.
std::vector<std::size_t> overlaps_of(const std::vector<std::string>& wanted) {
  std::vector<std::size_t> overlaps(wanted.size(), 0);
  std::size_t overlap = 0;
  for (std::size_t i = 1; i < wanted.size(); ++i) {
    while (overlap > 0 && wanted[i] != wanted[overlap]) overlap = overlaps[overlap - 1];
    if (wanted[i] == wanted[overlap]) ++overlap;
    overlaps[i] = overlap;
  }
  return overlaps;
}

std::string_view without_blanks_behind(std::string_view line) {
  const auto last = line.find_last_not_of(blanks);
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// Whether `line` (`content` is the line without trailing blanks) ends with a Markdown line break.
/// Not so for our own comments, which are recognised by their whole line.
bool breaks_line(std::string_view content, std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  return !content.empty() && line.ends_with("  ") && !content.ends_with("-->");
}

/// The lines of `text` without blanks at their ends.
std::vector<std::string> plain_lines(std::string_view text) {
  std::vector<std::string> result = lines(normalized(text));
  for (std::string& line : result) line.resize(without_blanks_behind(line).size());
  return result;
}

/// The length of the UTF-8 sequence that starts at `text[at]`, or 0 if it is not valid.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate_or_beyond =
      (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || surrogate_or_beyond ? 0 : length;
}

}  // namespace

NamedPath split_named_path(std::string_view line) {
  constexpr std::string_view arrow = " => ";
  const auto at = line.find(arrow);
  NamedPath result{std::string(trim(line.substr(0, at))), std::nullopt};
  if (at != std::string_view::npos) result.name = trim(line.substr(at + arrow.size()));
  return result;
}

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

std::string without_leading_zeros(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    result.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  while (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

std::string normalized(std::string_view text) {
  std::string result;
  bool is_first = true;
  bool breaks = false;  // whether the previous line ends with a line break
  for (const std::string& line : lines(text)) {
    const std::string_view content = without_blanks_behind(line);
    if (!is_first) result += breaks && !content.empty() ? "  \n" : "\n";
    result += content;
    breaks = breaks_line(content, line);
    is_first = false;
  }
  while (!result.empty() && result.back() == '\n') result.pop_back();
  return result;
}

bool contains_lines(std::string_view text, std::string_view part) {
  const auto all = plain_lines(text);
  const auto wanted = plain_lines(part);
  if (wanted.empty()) return true;
  const auto overlaps = overlaps_of(wanted);
  std::size_t matched = 0;
  for (const std::string& line : all) {
    while (matched > 0 && line != wanted[matched]) matched = overlaps[matched - 1];
    if (line == wanted[matched]) ++matched;
    if (matched == wanted.size()) return true;
  }
  return false;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  // A larger distance means a different word; in a short word every letter counts.
  std::size_t best_distance = word.size() < 3 ? 1 : word.size() / 3 + 2;
  const std::string low = lower(word);
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    if (longer - std::min(word.size(), candidate.size()) >= best_distance) continue;
    const std::size_t d = distance(low, lower(candidate));
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string human_size(std::uint64_t bytes) {
  constexpr std::array units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (value >= 1023.95 && unit + 1 < units.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return std::string(text.substr(0, limit)) + " …";
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string result = shortened(trim(text), limit);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return result;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string percent_encoded(std::string_view component) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : component) {
    const bool unreserved = is_word(c) || c == '-' || c == '.' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (unreserved) {
      result += c;
    } else {
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  // As a path segment, "." and ".." would be resolved even if only partly encoded.
  if (result == "." || result == "..") {
    std::string dots;
    for (std::size_t i = 0; i < result.size(); ++i) dots += "%2E";
    return dots;
  }
  return result;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

}  // namespace core
