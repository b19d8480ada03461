// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A line `path => name`.
struct NamedPath {
  std::string path;
  std::optional<std::string> name;  ///< nullopt without ` => `
};

/// Splits a line at the first ` => `, and trims both parts.
NamedPath split_named_path(std::string_view line);

/// `text` without blanks, tabs and line ends at both ends.
std::string_view trim(std::string_view text);

std::string lower(std::string_view text);  ///< ASCII only
std::string upper(std::string_view text);  ///< ASCII only

// For ASCII, independent of the locale.
bool is_digit(char c);
bool is_letter(char c);
bool is_hex_digit(char c);  ///< in either case
bool is_word(char c);       ///< a letter, a digit or `_`

/// "007" becomes "7"; only zeros become "0".
std::string without_leading_zeros(std::string_view digits);

/// The lines of `text` without line ends (LF or CRLF). A final LF does not add an empty line.
std::vector<std::string> lines(std::string_view text);

/// `text` without U+FEFF at its start, which some editors write; a file may have several.
std::string_view without_byte_order_mark(std::string_view text);

/// The form in which texts are stored and compared: LF instead of CRLF, and no blanks at the end of
/// a line or of the text. Exception: two or more blanks that are a Markdown line break within a
/// paragraph become two.
std::string normalized(std::string_view text);

/// Whether `text` contains the lines of `part` in sequence, ignoring blanks at line ends.
bool contains_lines(std::string_view text, std::string_view part);

/// The candidate with the smallest edit distance to `word`, or "" if none is similar enough.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// A readable size: "0 B", "999 B", "1.2 KiB", "3.4 GiB".
std::string human_size(std::uint64_t bytes);

/// Text from outside as one line for messages: control characters become blanks, and it is cut at
/// `limit` bytes (never within a UTF-8 sequence).
std::string one_line(std::string_view text, std::size_t limit = 300);

/// `text`, or its first `limit` bytes (never within a UTF-8 sequence) and an ellipsis.
std::string shortened(std::string_view text, std::size_t limit);

/// Whether `text` is valid UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

std::size_t characters(std::string_view utf8);  ///< code points of valid UTF-8

/// Encodes every byte outside the unreserved set of RFC 3986 as %XX, including slashes.
std::string percent_encoded(std::string_view component);

std::string join(const std::vector<std::string>& parts, std::string_view between);

}  // namespace core
