// SPDX-License-Identifier: MIT
#include "core/version/semver.hpp"

#include <algorithm>
#include <string>

#include "core/text/text.hpp"
#include "core/version/words.hpp"

namespace core {
namespace {

enum class Zeros { none, leading };  ///< whether numbers may have leading zeros

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool may_be(std::string_view number, Zeros zeros) {
  return zeros == Zeros::leading || number.size() == 1 || number[0] != '0';
}

/// Consumes everything up to and including `separator`, or the whole text if it is absent.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool are_identifiers(std::string_view text, Zeros zeros) {
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view one = take_until(text, '.');
    const bool valid = std::all_of(one.begin(), one.end(),
                                   [](char c) { return c == '-' || is_digit(c) || is_letter(c); });
    if (one.empty() || !valid || (is_number(one) && !may_be(one, zeros))) return false;
  }
  return true;
}

/// Parses "1.2.3".
bool read_numbers(std::string_view text, Zeros zeros, Version& version) {
  if (text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view number = take_until(text, '.');
    if (!is_number(number) || !may_be(number, zeros)) return false;
    version.numbers.push_back(without_leading_zeros(number));
  }
  return version.numbers.size() == 3;
}

/// "rc10", "rc-10" and "rc.10" are equivalent: a word, and a number that determines the order.
void append_identifier(std::string_view identifier, std::vector<std::string>& list) {
  const auto word_end = std::find_if_not(identifier.begin(), identifier.end(), is_letter);
  auto digits = word_end;
  if (digits != identifier.end() && *digits == '-') ++digits;
  if (word_end != identifier.begin() && is_number({digits, identifier.end()})) {
    list.emplace_back(identifier.begin(), word_end);
    list.push_back(without_leading_zeros({digits, identifier.end()}));
  } else {
    list.emplace_back(identifier);
  }
}

void read_prerelease(std::string_view text, Version& version) {
  const auto word = stage_word(text);
  const bool spelt_out = word && word->word.size() > 1;  // "-p1" is ambiguous
  if (spelt_out && word->rest.empty() && word->stage != Stage::before) {
    version.post = word->number;
    if (word->stage == Stage::after && !word->number) version.post = "0";
    return;
  }
  while (!text.empty()) append_identifier(take_until(text, '.'), version.prerelease);
}

std::optional<Version> read(std::string_view text, Zeros zeros) {
  const auto plus = std::min(text.find('+'), text.size());
  const std::string_view build = text.substr(plus);
  if (!build.empty() && !are_identifiers(build.substr(1), Zeros::leading)) return std::nullopt;
  text = text.substr(0, plus);
  const auto hyphen = std::min(text.find('-'), text.size());
  Version version;
  if (!read_numbers(text.substr(0, hyphen), zeros, version)) return std::nullopt;
  if (hyphen == text.size()) return version;
  const std::string_view prerelease = text.substr(hyphen + 1);
  if (!are_identifiers(prerelease, zeros)) return std::nullopt;
  read_prerelease(prerelease, version);
  return version;
}

}  // namespace

std::optional<Version> read_semver(std::string_view text) { return read(text, Zeros::none); }

std::optional<Version> read_padded_semver(std::string_view text) {
  return read(text, Zeros::leading);
}

}  // namespace core
