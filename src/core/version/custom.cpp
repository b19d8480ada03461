// SPDX-License-Identifier: MIT
#include "core/version/custom.hpp"

#include <algorithm>
#include <vector>

#include "core/text/text.hpp"
#include "core/version/semver.hpp"
#include "core/version/words.hpp"

namespace core {
namespace {

bool separates(char c) { return c == '.' || c == '-' || c == '_'; }

/// Consumes numbers with `separator` between them.
std::vector<std::string> take_numbers(std::string_view& text, char separator) {
  std::vector<std::string> numbers;
  while (!text.empty() && is_digit(text[0])) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    numbers.emplace_back(text.begin(), end);
    text.remove_prefix(numbers.back().size());
    if (text.size() < 2 || text[0] != separator || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  return numbers;
}

/// Parses what follows the word of a prerelease: "3", "20260105-1", "1.g1a2b3c". False if it is
/// malformed.
bool read_rest(std::string_view text, std::vector<std::string>& prerelease) {
  while (!text.empty()) {
    if (separates(text[0])) text.remove_prefix(1);
    const auto end = std::find_if_not(text.begin(), text.end(),
                                      [](char c) { return is_digit(c) || is_letter(c); });
    if (end == text.begin()) return false;
    prerelease.emplace_back(text.begin(), end);
    text.remove_prefix(prerelease.back().size());
  }
  return true;
}

}  // namespace

std::optional<Version> read_custom(std::string_view text) {
  if (auto padded = read_padded_semver(text)) return padded;
  std::string_view rest = text.substr(0, text.find('+'));
  Version version;
  for (const std::string& number : take_numbers(rest, '.')) {
    version.numbers.push_back(without_leading_zeros(number));
  }
  if (version.numbers.empty() || rest.empty()) return std::nullopt;
  if (separates(rest[0])) rest.remove_prefix(1);
  const auto word = stage_word(rest);
  if (!word) return std::nullopt;
  if (word->stage != Stage::before) {
    version.post = word->number;
    if (word->stage == Stage::after && !word->number) version.post = "0";
    return word->rest.empty() ? std::optional(version) : std::nullopt;
  }
  version.prerelease.emplace_back(word->word);
  if (word->number) version.prerelease.push_back(*word->number);
  return read_rest(word->rest, version.prerelease) ? std::optional(version) : std::nullopt;
}

std::optional<std::string> with_dots(std::string_view text) {
  const auto end = text.find_first_not_of("0123456789");
  if (end == 0 || end == std::string_view::npos) return std::nullopt;
  const char separator = text[end];
  if (separator != '_' && separator != '-') return std::nullopt;
  std::string_view rest = text;
  const auto numbers = take_numbers(rest, separator);
  if (numbers.size() < (separator == '_' ? 2U : 3U)) return std::nullopt;
  std::string result = join(numbers, ".");
  if (rest.starts_with('_')) {
    result += '-';
    rest.remove_prefix(1);
  }
  return result + std::string(rest);
}

}  // namespace core
