// SPDX-License-Identifier: MIT
// Explains why a pattern may match nothing: it may be written as in shells, YAML or other tools.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core {

/// Why a pattern does not match, and what to write instead.
struct PatternHabit {
  std::string why;   ///< continues "'a, b' matches nothing in DIR: "
  std::string hint;  ///< a sentence
};

/// Explains a pattern that matches nothing. `exists` tells whether a pattern or relative path
/// matches a file. nullopt if the pattern shows no such habit.
std::optional<PatternHabit> pattern_habit(
    std::string_view pattern, const std::function<bool(const std::string& path)>& exists);

/// Whether two names differ only in the Unicode form of their letters: "é" as one character (NFC,
/// as on Linux and Windows) or as a letter and an accent (NFD, as on macOS).
bool differ_in_unicode_form(std::string_view a, std::string_view b);

}  // namespace core
