// SPDX-License-Identifier: MIT
#include "core/version.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.hpp"

namespace core {
namespace {

// --- reading ---

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// Takes "1.2.3".
std::vector<std::string> take_numbers(std::string_view& text) {
  std::vector<std::string> numbers;
  for (auto digits = take_digits(text); !digits.empty(); digits = take_digits(text)) {
    numbers.push_back(without_leading_zeros(digits));
    if (text.size() < 2 || text[0] != '.' || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  return numbers;
}

void take_separator(std::string_view& text) {
  if (!text.empty() && (text[0] == '.' || text[0] == '-' || text[0] == '_')) text.remove_prefix(1);
}

struct Segment {
  std::string_view word;
  std::string_view digits;
};

/// One of the words of a PEP 440 segment with its optional number: "rc1", "-alpha.2", ".dev0".
template <std::size_t N>
std::optional<Segment> take_segment(std::string_view& text,
                                    const std::array<std::string_view, N>& words) {
  std::string_view rest = text;
  take_separator(rest);
  for (const std::string_view word : words) {
    std::string_view after = rest;
    if (!take(after, word) || (!after.empty() && is_letter(after[0]))) continue;
    std::string_view behind = after;
    take_separator(behind);
    const std::string_view digits = take_digits(behind);
    text = digits.empty() ? after : behind;
    return Segment{word, digits};
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 8> pre_words = {"alpha", "beta", "preview", "pre",
                                                       "rc",    "a",    "b",       "c"};
constexpr std::array<std::string_view, 3> post_words = {"post", "rev", "r"};
constexpr std::array<std::string_view, 1> dev_words = {"dev"};

std::string written_out(std::string_view word) {
  if (word == "a") return "alpha";
  if (word == "b") return "beta";
  return word == "c" ? "rc" : std::string(word);
}

/// PEP 440: pre, post and dev segments in that order, each optional, then a local version.
bool read_pep440(std::string_view rest, Version& version) {
  if (const auto pre = take_segment(rest, pre_words)) {
    version.prerelease.push_back(written_out(pre->word));
    if (!pre->digits.empty()) version.prerelease.push_back(without_leading_zeros(pre->digits));
  }
  if (const auto post = take_segment(rest, post_words))
    version.post = without_leading_zeros(post->digits);
  if (const auto dev = take_segment(rest, dev_words))
    version.dev = without_leading_zeros(dev->digits);
  return rest.empty() || rest[0] == '+';
}

/// "rc10" as rc and 10, so that it comes after "rc9".
void append_identifier(std::string_view identifier, std::vector<std::string>& list) {
  const auto digit = std::find_if_not(identifier.begin(), identifier.end(), is_letter);
  if (digit != identifier.begin() && digit != identifier.end() &&
      std::all_of(digit, identifier.end(), is_digit)) {
    list.emplace_back(identifier.begin(), digit);
    list.push_back(without_leading_zeros({digit, identifier.end()}));
  } else {
    list.emplace_back(identifier);
  }
}

/// SemVer: a hyphen and dot-separated identifiers, none of them empty.
bool read_semver(std::string_view rest, Version& version) {
  rest = rest.substr(0, rest.find('+'));
  if (version.numbers.size() != 3 || !take(rest, "-")) return false;
  for (bool more = true; more;) {
    const auto dot = rest.find('.');
    const std::string_view identifier = rest.substr(0, dot);
    const bool valid = std::all_of(identifier.begin(), identifier.end(),
                                   [](char c) { return c == '-' || is_digit(c) || is_letter(c); });
    if (identifier.empty() || !valid) return false;
    append_identifier(identifier, version.prerelease);
    more = dot != std::string_view::npos;
    if (more) rest.remove_prefix(dot + 1);
  }
  return true;
}

// --- comparing ---

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  const std::string left = without_leading_zeros(a);
  const std::string right = without_leading_zeros(b);
  if (left.size() != right.size()) return left.size() <=> right.size();
  return left <=> right;
}

/// SemVer: numbers before words.
std::weak_ordering compare_identifiers(std::string_view a, std::string_view b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (is_number(a) != is_number(b)) return is_number(b) <=> is_number(a);
  return a <=> b;
}

std::weak_ordering compare_lists(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(),
                                                compare_identifiers);
}

std::vector<std::string> without_trailing_zeros(std::vector<std::string> numbers) {
  while (!numbers.empty() && numbers.back() == "0") numbers.pop_back();
  return numbers;
}

/// Of one number: development releases first, then prereleases, then the rest.
int stage(const Version& version) {
  if (!version.prerelease.empty()) return 1;
  return version.dev && !version.post ? 0 : 2;
}

/// `without`: the place of a version that has none, beside those that have one.
std::weak_ordering compare_optional(const std::optional<std::string>& a,
                                    const std::optional<std::string>& b,
                                    std::weak_ordering without) {
  if (a && b) return compare_numbers(*a, *b);
  if (a.has_value() == b.has_value()) return std::weak_ordering::equivalent;
  const bool less = (without < 0) == !a.has_value();
  return less ? std::weak_ordering::less : std::weak_ordering::greater;
}

}  // namespace

std::weak_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = compare_numbers(a.epoch, b.epoch); order != 0) return order;
  if (const auto order =
          compare_lists(without_trailing_zeros(a.numbers), without_trailing_zeros(b.numbers));
      order != 0) {
    return order;
  }
  if (stage(a) != stage(b)) return stage(a) <=> stage(b);
  if (const auto order = compare_lists(a.prerelease, b.prerelease); order != 0) return order;
  if (const auto order = compare_optional(a.post, b.post, std::weak_ordering::less); order != 0) {
    return order;
  }
  return compare_optional(a.dev, b.dev, std::weak_ordering::greater);
}

std::string_view version_prefix(std::string_view tag) {
  const auto end = tag.find_last_of("/@");
  return end == std::string_view::npos ? std::string_view() : tag.substr(0, end + 1);
}

std::optional<Version> parse_version(std::string_view tag) {
  tag.remove_prefix(version_prefix(tag).size());
  if (tag.starts_with('v') || tag.starts_with('V')) tag.remove_prefix(1);
  if (tag.size() > longest_version) return std::nullopt;
  const std::string lowered = lower(tag);
  std::string_view rest = lowered;
  Version version;
  version.text = tag;
  std::string_view epoch = rest;
  const std::string_view digits = take_digits(epoch);
  if (!digits.empty() && take(epoch, "!")) {
    version.epoch = without_leading_zeros(digits);
    rest = epoch;
  }
  version.numbers = take_numbers(rest);
  if (version.numbers.empty()) return std::nullopt;
  Version pep440 = version;
  // What both can write is SemVer's, but a post release is none of its prereleases.
  const bool is_pep440 = read_pep440(rest, pep440);
  if (is_pep440 && pep440.post) return pep440;
  if (read_semver(rest, version)) return version;
  return is_pep440 ? std::optional(pep440) : std::nullopt;
}

bool is_prerelease(std::string_view tag) {
  const auto version = parse_version(tag);
  return version && version->is_prerelease();
}

}  // namespace core
