// SPDX-License-Identifier: MIT
#include "gitea/server.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace gitea {

namespace {

/// How many bytes at the beginning of `text` stand for `c`: itself, or what is written for it in JSON
/// (\u0041, \/), in an address (%41) or in HTML (&#65;, &#x41;). 0: they stand for something else.
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
  constexpr std::size_t longest_reference = 8;
  if (const auto length = number("\\u", 16, 4, "")) return length;
  if (const auto length = number("%", 16, 2, "")) return length;
  if (const auto length = number("&#x", 16, longest_reference, ";")) return length;
  return number("&#", 10, longest_reference, ";");
}

/// How many bytes at the beginning of `text` are the secret, in whatever way each of its characters is
/// written; 0: it is another text.
std::size_t length_of_secret(std::string_view secret, std::string_view text) {
  std::size_t length = 0;
  for (const char c : secret) {
    const std::size_t one = length_of(c, text.substr(length));
    if (one == 0) return 0;
    length += one;
  }
  return length;
}

}  // namespace

bool Token::is_sendable() const {
  return std::all_of(secret_.begin(), secret_.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string Token::redacted(const std::string& text) const {
  if (secret_.empty()) return text;
  std::string redacted;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = length_of_secret(secret_, rest);
    redacted += length == 0 ? rest.substr(0, 1) : "***";
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return redacted;
}

Url Server::root() const {
  Url root = api;
  const std::string_view tail = api_path;
  if (root.path.ends_with(tail)) root.path.resize(root.path.size() - tail.size());
  return root;
}

std::chrono::milliseconds Server::time_left() const {
  using std::chrono::milliseconds;
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(milliseconds(0), std::chrono::floor<milliseconds>(left));
}

Server Server::elsewhere(const Url& origin) const {
  Server other = *this;
  other.api = origin;
  other.token = Token();
  other.proxy = proxy_for(origin, proxy_variables);
  return other;
}

}  // namespace gitea
