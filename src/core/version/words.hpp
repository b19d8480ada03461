// SPDX-License-Identifier: MIT
// Words that people write after the numbers of a version and that no scheme defines. In lower case.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// What a word after the numbers means.
enum class Stage {
  before,  ///< a prerelease: "rc", "snapshot"
  stable,  ///< the release itself: "final"
  after,   ///< a later correction: "hotfix"
};

/// A word at the start of a text, with the number that follows it: "rc.1", "beta-10", "sp2".
struct StageWord {
  std::string_view word;
  Stage stage = Stage::before;
  std::optional<std::string> number;  ///< without leading zeros
  std::string_view rest;              ///< the text after it
};

/// nullopt if the text does not begin with a known word.
std::optional<StageWord> stage_word(std::string_view text);

/// Whether `word` is a name for builds that are not releases, with which a tag may begin:
/// `nightly-2026-01-05`.
bool names_prereleases(std::string_view word);

}  // namespace core
