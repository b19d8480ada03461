// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <charconv>
#include <chrono>
#include <ctime>

namespace sandbox {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

std::string escape(std::string_view text, std::string_view also_kept) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c) || also_kept.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string formatted(const char* format, std::int64_t unix_seconds) {
  const auto moment = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  ::gmtime_r(&moment, &parts);
  char buffer[64] = {};
  const std::size_t size = std::strftime(buffer, sizeof buffer, format, &parts);
  return {buffer, size};
}

std::optional<std::int64_t> parsed(const char* format, const std::string& text) {
  std::tm parts{};
  if (::strptime(text.c_str(), format, &parts) == nullptr) return std::nullopt;
  return static_cast<std::int64_t>(::timegm(&parts));
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string path_escape(std::string_view text) { return escape(text, "$&+=:@"); }
std::string path_escape_segments(std::string_view text) { return escape(text, "$&+=:@/"); }
std::string query_escape(std::string_view text) { return escape(text, ""); }

std::string base64_decode(std::string_view text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return out;
}

std::optional<std::int64_t> to_number(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

std::optional<bool> to_flag(std::string_view text) {
  const std::string value = lower(text);
  if (value.empty()) return std::nullopt;
  return value == "1" || value == "t" || value == "true" || value == "on";
}

std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string rfc3339(std::int64_t unix_seconds) {
  return formatted("%Y-%m-%dT%H:%M:%SZ", unix_seconds);
}

std::optional<std::int64_t> parse_rfc3339(const std::string& text) {
  return parsed("%Y-%m-%dT%H:%M:%SZ", text);
}

std::string http_date(std::int64_t unix_seconds) {
  return formatted("%a, %d %b %Y %H:%M:%S GMT", unix_seconds);
}

std::optional<std::int64_t> parse_http_date(const std::string& text) {
  return parsed("%a, %d %b %Y %H:%M:%S GMT", text);
}

bool matches_glob(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= text.size(); ++skip) {
      if (matches_glob(pattern.substr(1), text.substr(skip))) return true;
    }
    return false;
  }
  if (text.empty() || (pattern.front() != '?' && pattern.front() != text.front())) return false;
  return matches_glob(pattern.substr(1), text.substr(1));
}

std::size_t length_utf8(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if (starts_character(c)) ++count;
  }
  return count;
}

std::string first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size()) {
    if (starts_character(text[end]) && count-- == 0) break;
    ++end;
  }
  return std::string(text.substr(0, end));
}

std::string first_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && !starts_character(text[bytes])) --bytes;
  return std::string(text.substr(0, bytes));
}

}  // namespace sandbox
