// SPDX-License-Identifier: MIT
#include "core/token.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace core {
namespace {

/// How many bytes at the beginning of `text` represent `c`: the character itself, or its escaped
/// form in JSON (\u0041, \/), in an address (%41) or in HTML (&#65;, &#x41;). 0 if they represent
/// another character.
std::size_t length_of(char c, std::string_view text) {
  if (text.starts_with(c)) return 1;
  if (text.starts_with('\\') && text.substr(1).starts_with(c)) return 2;
  const auto number = [&](std::string_view before, int base, std::size_t digits,
                          std::string_view behind) -> std::size_t {
    if (!text.starts_with(before)) return 0;
    const std::string_view rest = text.substr(before.size());
    unsigned value = 0;
    const char* last = rest.data() + std::min(digits, rest.size());
    const auto [end, failure] = std::from_chars(rest.data(), last, value, base);
    const auto count = static_cast<std::size_t>(end - rest.data());
    const bool is_whole = behind.empty() ? count == digits : rest.substr(count).starts_with(behind);
    const bool is_it = failure == std::errc{} && is_whole && value == static_cast<unsigned char>(c);
    return is_it ? before.size() + count + behind.size() : 0;
  };
  constexpr std::size_t max_reference_length = 8;
  if (const auto length = number("\\u", 16, 4, "")) return length;
  if (const auto length = number("%", 16, 2, "")) return length;
  if (const auto length = number("&#x", 16, max_reference_length, ";")) return length;
  return number("&#", 10, max_reference_length, ";");
}

/// How many bytes at the beginning of `text` are the secret, whichever way each character is
/// escaped; 0 if they are not the secret.
std::size_t length_of_secret(std::string_view secret, std::string_view text) {
  std::size_t length = 0;
  for (const char c : secret) {
    const std::size_t size = length_of(c, text.substr(length));
    if (size == 0) return 0;
    length += size;
  }
  return length;
}

}  // namespace

bool Token::is_sendable() const {
  return std::all_of(secret_.begin(), secret_.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string Token::redacted(const std::string& text) const {
  if (secret_.empty()) return text;
  const std::string beginnings = {secret_.front(), '\\', '%', '&'};  // of any form of it
  std::string redacted;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t plain = std::min(rest.find_first_of(beginnings), rest.size());
    redacted += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const std::size_t length = length_of_secret(secret_, rest);
    redacted += length == 0 ? rest.substr(0, 1) : "***";
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return redacted;
}

}  // namespace core
