// SPDX-License-Identifier: MIT
// Patterns: `**`, `*`, `?`, `[…]`, `{a,b}`, and `\` before a literal character. Wildcards also
// match a leading dot, except in matches_file().
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// The position of the `]` that closes the `[` at `at`, or npos if it is not closed.
std::size_t bracket_end(std::string_view pattern, std::size_t at);

/// The position of the element after the one at `at`. An escape and a bracket expression are one
/// element each; braces and commas in them are literal.
std::size_t next_element(std::string_view pattern, std::size_t at);

/// Whether one path segment matches a pattern without `/`; `*` and `**` are the same here.
bool matches_segment(std::string_view pattern, std::string_view name);

/// Whether the pattern begins with a literal dot.
bool begins_with_dot(std::string_view pattern);

/// Whether a segment matches the name of a file or directory. Only a literal dot matches a leading
/// dot: `*` does not match `.env`, but `.*` does.
bool matches_file(std::string_view pattern, std::string_view name);

/// Whether a path matches, segment by segment; a segment `**` matches any number of segments.
bool matches_path(std::string_view pattern, std::string_view path);

/// Whether the pattern ends with `**` and matches everything below a directory.
bool matches_all_below(std::string_view pattern, std::string_view directory);

/// Whether the pattern has no wildcard.
bool is_literal(std::string_view pattern);

/// A pattern that matches exactly `text`.
std::string escaped(std::string_view text);

/// A literal pattern without its escapes.
std::string unescaped(std::string_view pattern);

/// The segments of a pattern or path: "a//b/" has the segments "a" and "b".
std::vector<std::string> segments(std::string_view path);

}  // namespace core
