// SPDX-License-Identifier: MIT
// Patterns: `**`, `*`, `?`, `[…]`, `{a,b}`, and `\` before a character that is meant as itself.
// Wildcards match a leading dot, too, except in matches_file().
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// `{a,b}` written out: "x.{zip,tar.{gz,xz}}" gives three patterns. Throws Error (workflow) for a
/// brace or bracket without its partner, for more than 100 braces or 1,000 patterns.
std::vector<std::string> expand_braces(std::string_view pattern);

/// Whether one path segment matches a pattern without `/`; `*` and `**` are the same here.
bool matches_segment(std::string_view pattern, std::string_view name);

/// Whether the pattern's first character is a dot, written out.
bool begins_with_dot(std::string_view pattern);

/// Whether a segment matches the name of a file or directory. A leading dot is matched only by a dot
/// that the pattern has written out: `*` does not match `.env`, `.*` does.
bool matches_file(std::string_view pattern, std::string_view name);

/// Whether a path matches, segment by segment; a segment `**` stands for any number of segments.
bool matches_path(std::string_view pattern, std::string_view path);

/// Whether the pattern ends with `**` and matches everything below a directory.
bool matches_all_below(std::string_view pattern, std::string_view directory);

/// Whether the pattern has no wildcard left.
bool is_literal(std::string_view pattern);

/// A literal pattern without its escapes.
std::string unescaped(std::string_view pattern);

/// The pattern's or path's segments: "a//b/" gives "a", "b".
std::vector<std::string> segments(std::string_view path);

}  // namespace core
