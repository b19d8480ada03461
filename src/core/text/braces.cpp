// SPDX-License-Identifier: MIT
#include "core/text/braces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "core/text/glob.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_patterns = 1000;
constexpr std::size_t max_bytes = std::size_t{1024} * 1024;
constexpr int max_braces = 100;  // each may be one level of recursion

[[noreturn]] void refuse(std::string_view pattern, const char* fault, char character) {
  throw Error(Fault::workflow, fmt::format("the pattern '{}' contains {}", pattern, fault),
              fmt::format("Write '\\{}' if you mean the character itself.", character));
}

using Patterns = std::vector<std::string>;

std::size_t bytes_of(const Patterns& patterns) {
  return std::accumulate(
      patterns.begin(), patterns.end(), std::size_t{0},
      [](std::size_t sum, const std::string& pattern) { return sum + pattern.size(); });
}

/// Expands braces in one pass, in time proportional to the result. All braces and brackets have to
/// be matched.
class Braces {
 public:
  explicit Braces(std::string_view pattern) : pattern_(pattern) {}

  Patterns write_out() { return sequence(false); }

 private:
  /// Reads to the end or, within braces, to the next comma or closing brace.
  Patterns sequence(bool in_braces) {
    Patterns result = {""};
    while (at_ < pattern_.size() && !is_end(in_braces)) {
      result =
          products(result, pattern_[at_] == '{' ? alternatives() : Patterns{literal(in_braces)});
    }
    return result;
  }

  bool is_end(bool in_braces) const {
    return in_braces && (pattern_[at_] == ',' || pattern_[at_] == '}');
  }

  std::string literal(bool in_braces) {
    const std::size_t begin = at_;
    while (at_ < pattern_.size() && pattern_[at_] != '{' && !is_end(in_braces)) {
      at_ = std::min(next_element(pattern_, at_), pattern_.size());
    }
    return std::string(pattern_.substr(begin, at_ - begin));
  }

  Patterns alternatives() {
    Patterns result;
    while (pattern_[at_] != '}') {
      ++at_;  // the opening brace or a comma
      Patterns more = sequence(true);
      if (result.size() + more.size() > max_patterns) refuse_as_too_many();
      std::move(more.begin(), more.end(), std::back_inserter(result));
    }
    ++at_;
    return result;
  }

  static Patterns products(const Patterns& heads, const Patterns& tails) {
    const std::size_t count = heads.size() * tails.size();
    const std::size_t bytes = bytes_of(heads) * tails.size() + bytes_of(tails) * heads.size();
    if (count > max_patterns || (count > 1 && bytes > max_bytes)) refuse_as_too_many();
    Patterns result;
    result.reserve(count);
    for (const std::string& head : heads) {
      for (const std::string& tail : tails) result.push_back(head + tail);
    }
    return result;
  }

  [[noreturn]] static void refuse_as_too_many() {
    throw Error(
        Fault::workflow,
        fmt::format("the braces of a pattern expand to more than {} patterns, or more than {}",
                    max_patterns, human_size(max_bytes)),
        "Write it as several patterns, or with '*'.");
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
};

/// Throws if a brace or bracket is unmatched, or if there are too many braces.
void check_partners(std::string_view pattern) {
  int depth = 0;
  int braces = 0;
  for (std::size_t at = 0; at < pattern.size(); at = next_element(pattern, at)) {
    const char c = pattern[at];
    if (c == '[' && bracket_end(pattern, at) == std::string_view::npos) {
      refuse(pattern, "'[' without ']'", c);
    }
    if (c == '{') {
      ++depth;
      ++braces;
    }
    if (c == '}' && --depth < 0) refuse(pattern, "'}' without '{'", c);
  }
  if (depth > 0) refuse(pattern, "'{' without '}'", '{');
  if (braces > max_braces) {
    throw Error(Fault::workflow, fmt::format("a pattern has more than {} braces", max_braces),
                "Write it as several patterns, or with '*'.");
  }
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
  check_partners(pattern);
  return Braces(pattern).write_out();
}

}  // namespace core
