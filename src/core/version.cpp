// SPDX-License-Identifier: MIT
#include "core/version.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/text.hpp"

namespace core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// Takes "1.2.3" and returns how many numbers it has; 0 where there are none.
int take_numbers(std::string_view& text) {
  int numbers = 0;
  while (!take_digits(text).empty()) {
    ++numbers;
    if (text.size() < 2 || text[0] != '.' || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  return numbers;
}

void take_separator(std::string_view& text) {
  if (!text.empty() && (text[0] == '.' || text[0] == '-' || text[0] == '_')) text.remove_prefix(1);
}

/// One of the words of a PEP 440 segment with its optional number: "rc1", "-alpha.2", ".dev0".
template <std::size_t N>
bool take_segment(std::string_view& text, const std::array<std::string_view, N>& words) {
  std::string_view rest = text;
  take_separator(rest);
  for (const std::string_view word : words) {
    std::string_view after = rest;
    if (!take(after, word) || (!after.empty() && is_letter(after[0]))) continue;
    std::string_view number = after;
    take_separator(number);
    if (!take_digits(number).empty()) after = number;
    text = after;
    return true;
  }
  return false;
}

enum class Kind { none, stable, prerelease };

/// PEP 440: numbers, then pre, post and dev segments in that order, each optional.
Kind pep440(std::string_view rest) {
  constexpr std::array<std::string_view, 8> pre = {"alpha", "beta", "preview", "pre",
                                                   "rc",    "a",    "b",       "c"};
  constexpr std::array<std::string_view, 3> post = {"post", "rev", "r"};
  constexpr std::array<std::string_view, 1> dev = {"dev"};
  const bool is_pre = take_segment(rest, pre);
  take_segment(rest, post);
  const bool is_dev = take_segment(rest, dev);
  if (!rest.empty() && rest[0] != '+') return Kind::none;
  return is_pre || is_dev ? Kind::prerelease : Kind::stable;
}

/// SemVer's prerelease: a hyphen and dot-separated identifiers, none of them empty.
bool is_semver_prerelease(std::string_view rest) {
  rest = rest.substr(0, rest.find('+'));
  if (!take(rest, "-") || rest.empty()) return false;
  bool empty_identifier = true;
  for (const char c : rest) {
    if (c == '.' && empty_identifier) return false;
    if (c != '.' && c != '-' && !is_digit(c) && !is_letter(c)) return false;
    empty_identifier = c == '.';
  }
  return !empty_identifier;
}

}  // namespace

bool is_prerelease(std::string_view tag) {
  const auto prefix = tag.find_last_of("/@");
  if (prefix != std::string_view::npos) tag.remove_prefix(prefix + 1);
  const std::string version = lower(tag);
  std::string_view rest = version;
  take(rest, "v");
  std::string_view epoch = rest;
  if (!take_digits(epoch).empty() && take(epoch, "!")) rest = epoch;
  const int numbers = take_numbers(rest);
  if (numbers == 0) return false;
  const Kind kind = pep440(rest);
  if (kind != Kind::none) return kind == Kind::prerelease;
  return numbers == 3 && is_semver_prerelease(rest);
}

}  // namespace core
