// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// ASCII letters only: enough for tags, names and header fields.
std::string lower(std::string_view text);
std::string_view trim(std::string_view text);
bool contains(std::string_view text, std::string_view part);
std::vector<std::string> split(std::string_view text, char separator);

/// Invalid escapes stay unchanged.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
/// Keeps unreserved characters and `$&+=:@`, as Gitea writes them into URLs ("it%27s", "1.0+b").
std::string path_escape(std::string_view text);
/// The same, with slashes kept.
std::string path_escape_segments(std::string_view text);
std::string query_escape(std::string_view text);
std::string base64_decode(std::string_view text);

/// The whole text, or nothing.
std::optional<std::int64_t> to_number(std::string_view text);
std::optional<bool> to_flag(std::string_view text);

std::int64_t unix_now();
std::string rfc3339(std::int64_t unix_seconds);
std::optional<std::int64_t> parse_rfc3339(const std::string& text);
std::string http_date(std::int64_t unix_seconds);
std::optional<std::int64_t> parse_http_date(const std::string& text);

/// `*` and `?` over the whole text.
bool matches_glob(std::string_view pattern, std::string_view text);

/// Number of characters of a UTF-8 text, and its first `count` of them.
std::size_t length_utf8(std::string_view text);
std::string first_characters(std::string_view text, std::size_t count);
/// At most `bytes` bytes, never half a character.
std::string first_bytes(std::string_view text, std::size_t bytes);

}  // namespace sandbox
