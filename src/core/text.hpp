// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// `text` without blanks, tabs and line ends at both ends.
std::string_view trim(std::string_view text);

std::string lower(std::string_view text);  ///< ASCII only

// Of ASCII, whatever the locale is.
bool is_digit(char c);
bool is_letter(char c);
bool is_word(char c);  ///< a letter, a digit or `_`

/// "007" is "7"; "0" where there is nothing else.
std::string without_leading_zeros(std::string_view digits);

/// The lines of `text`, without their ends (LF or CRLF); no empty last line after a final LF.
std::vector<std::string> lines(std::string_view text);

/// As texts are compared: CRLF as LF, no blanks (nor CR) at the end of a line or of the text.
std::string normalized(std::string_view text);

/// Whether `part` stands in `text` as whole, consecutive lines (both normalized first).
bool contains_lines(std::string_view text, std::string_view part);

/// The candidate nearest to `word` by edit distance, or "" where none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// Bytes for people: "0 B", "999 B", "1.2 KiB", "3.4 GiB".
std::string human_size(std::uint64_t bytes);

/// Foreign text on one line, for messages: control characters become blanks, cut at `limit` bytes
/// (never inside a UTF-8 sequence).
std::string one_line(std::string_view text, std::size_t limit = 300);

/// Whether `text` is valid UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

std::size_t characters(std::string_view utf8);  ///< code points of valid UTF-8

/// Every byte outside RFC 3986's unreserved set as %XX, slashes too.
std::string percent_encoded(std::string_view component);

std::string join(const std::vector<std::string>& parts, std::string_view between);

}  // namespace core
