// SPDX-License-Identifier: MIT
#include "runner/printable.hpp"

#include "core/text/text.hpp"

namespace runner {
namespace {

constexpr std::size_t max_character_length = 4;  // bytes of UTF-8

/// The character that begins at `at`; empty if the bytes are not valid UTF-8.
std::string_view character_at(std::string_view text, std::size_t at) {
  for (std::size_t length = 1; length <= max_character_length && at + length <= text.size();
       ++length) {
    const std::string_view character = text.substr(at, length);
    if (core::is_utf8(character)) return character;
  }
  return {};
}

bool is_between(std::string_view character, std::string_view first, std::string_view last) {
  return character.size() == first.size() && first <= character && character <= last;
}

bool is_control(std::string_view character) {
  if (character == "\n" || character == "\t") return false;
  return is_between(character, std::string_view("\0", 1), "\x1F") || character == "\x7F" ||
         is_between(character, "\u0080", "\u009F");
}

/// Line and paragraph separators, and characters that embed, override or isolate a writing
/// direction.
bool is_layout(std::string_view character) {
  return is_between(character, "\u2028", "\u202E") || is_between(character, "\u2066", "\u2069");
}

/// `text` with blanks for the characters that are `unwanted`.
template <typename Unwanted>
std::string blanked(std::string_view text, bool bytes_too, Unwanted unwanted) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = character_at(text, at);
    if (character.empty()) {
      result += bytes_too ? '?' : text[at];
      ++at;
      continue;
    }
    result += unwanted(character) ? " " : character;
    at += character.size();
  }
  return result;
}

}  // namespace

std::string without_controls(std::string_view text) { return blanked(text, false, is_control); }

std::string printable(std::string_view text) {
  return blanked(text, true, [](std::string_view character) {
    return is_control(character) || is_layout(character);
  });
}

}  // namespace runner
