// SPDX-License-Identifier: MIT
#include "core/version/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/text/text.hpp"

namespace core {
namespace {

struct KnownWord {
  std::string_view text;
  Stage stage = Stage::before;
  bool begins_tags = false;
};

constexpr std::array<KnownWord, 36> words = {{
    {"alpha", Stage::before, true},
    {"beta", Stage::before, true},
    {"rc", Stage::before, true},
    {"nightly", Stage::before, true},
    {"snapshot", Stage::before, true},
    {"canary", Stage::before, true},
    {"prerelease", Stage::before, true},
    {"unstable", Stage::before, true},
    {"dev", Stage::before, true},
    {"build-snapshot", Stage::before},
    {"candidate", Stage::before},
    {"cr", Stage::before},
    {"develop", Stage::before},
    {"ea", Stage::before},
    {"eap", Stage::before},
    {"edge", Stage::before},
    {"experimental", Stage::before},
    {"insider", Stage::before},
    {"insiders", Stage::before},
    {"m", Stage::before},
    {"milestone", Stage::before},
    {"next", Stage::before},
    {"pre", Stage::before},
    {"preview", Stage::before},
    {"test", Stage::before},
    {"final", Stage::stable},
    {"ga", Stage::stable},
    {"lts", Stage::stable},
    {"release", Stage::stable},
    {"stable", Stage::stable},
    {"hotfix", Stage::after},
    {"p", Stage::after},
    {"patch", Stage::after},
    {"pl", Stage::after},
    {"post", Stage::after},
    {"sp", Stage::after},
}};

bool is_separator_of_words(char c) { return c == '.' || c == '-' || c == '_'; }

}  // namespace

std::optional<StageWord> stage_word(std::string_view text) {
  for (const KnownWord& word : words) {
    if (!text.starts_with(word.text)) continue;
    StageWord found{word.text, word.stage, std::nullopt, text.substr(word.text.size())};
    if (!found.rest.empty() && is_letter(found.rest[0])) continue;
    std::string_view behind = found.rest;
    if (!behind.empty() && is_separator_of_words(behind[0])) behind.remove_prefix(1);
    const auto end = std::find_if_not(behind.begin(), behind.end(), is_digit);
    const auto digits = static_cast<std::size_t>(end - behind.begin());
    if (digits > 0) {
      found.number = without_leading_zeros(behind.substr(0, digits));
      found.rest = behind.substr(digits);
    }
    return found;
  }
  return std::nullopt;
}

bool names_prereleases(std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [&](const KnownWord& one) { return one.begins_tags && one.text == word; });
}

}  // namespace core
