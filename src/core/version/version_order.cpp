// SPDX-License-Identifier: MIT
// Compares versions.
#include <algorithm>

#include "core/text/text.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

/// Consumes the leading digits of `text` and returns them without leading zeros.
std::string take_number(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto size = static_cast<std::size_t>(end - text.begin());
  std::string number = without_leading_zeros(text.substr(0, size));
  text.remove_prefix(size);
  return number;
}

std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a <=> b;
}

/// Compares letter by letter, but digits as numbers: "m9x" comes before "m10x".
std::weak_ordering compare_words(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (is_digit(a[0]) && is_digit(b[0])) {
      const std::string left = take_number(a);
      const std::string right = take_number(b);
      if (const auto order = compare_numbers(left, right); order != 0) return order;
    } else {
      if (a[0] != b[0]) return a[0] <=> b[0];
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() <=> b.size();
}

/// By SemVer: numbers come before words.
std::weak_ordering compare_identifiers(std::string_view a, std::string_view b) {
  const auto is_number = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  };
  if (is_number(a) != is_number(b)) return is_number(b) <=> is_number(a);
  return compare_words(a, b);
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

/// For equal numbers: development releases come first, then prereleases, then the rest.
int stage_of(const Version& version) {
  if (!version.prerelease.empty()) return 1;
  return version.dev && !version.post ? 0 : 2;
}

/// `without`: how a version without the part compares with one that has it.
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
  if (stage_of(a) != stage_of(b)) return stage_of(a) <=> stage_of(b);
  if (const auto order = compare_lists(a.prerelease, b.prerelease); order != 0) return order;
  if (const auto order = compare_optional(a.post, b.post, std::weak_ordering::less); order != 0) {
    return order;
  }
  return compare_optional(a.dev, b.dev, std::weak_ordering::greater);
}

}  // namespace core
