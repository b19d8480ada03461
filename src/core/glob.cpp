// SPDX-License-Identifier: MIT
#include "core/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>

#include "core/error.hpp"
#include "core/text.hpp"

namespace core {
namespace {

constexpr std::size_t most_patterns = 1000;
constexpr std::size_t most_bytes = std::size_t{1024} * 1024;
constexpr int most_braces = 100;  // each may be a step of recursion

[[noreturn]] void refuse(std::string_view pattern, const char* fault, char character) {
  throw Error(Fault::workflow, fmt::format("the pattern '{}' has a {}", pattern, fault),
              fmt::format("Write '\\{}' where the character itself is meant.", character));
}

/// Where the `[…]` that starts at `at` ends (its `]`), or npos where it is never closed.
std::size_t bracket_end(std::string_view pattern, std::size_t at) {
  std::size_t end = at + 1;
  if (end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^')) ++end;
  if (end < pattern.size() && pattern[end] == ']') ++end;  // a ']' that comes first is meant itself
  return pattern.find(']', end);
}

/// Where the element after the one at `at` begins: an escape and a bracket are one element each,
/// and what looks like a brace or comma in them is none.
std::size_t next_element(std::string_view pattern, std::size_t at) {
  if (pattern[at] == '\\') return at + 2;
  const auto end = pattern[at] == '[' ? bracket_end(pattern, at) : at;
  return end == std::string_view::npos ? at + 1 : end + 1;
}

using Patterns = std::vector<std::string>;

std::size_t bytes_of(const Patterns& patterns) {
  return std::accumulate(patterns.begin(), patterns.end(), std::size_t{0},
                         [](std::size_t sum, const std::string& one) { return sum + one.size(); });
}

/// Writes braces out in one pass, in a time in proportion to what comes out. Every brace and bracket
/// has its partner.
class Braces {
 public:
  explicit Braces(std::string_view pattern) : pattern_(pattern) {}

  Patterns write_out() { return sequence(false); }

 private:
  /// Down to the comma or brace that ends it, where it is in braces.
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
      if (result.size() + more.size() > most_patterns) refuse_as_too_many();
      std::move(more.begin(), more.end(), std::back_inserter(result));
    }
    ++at_;
    return result;
  }

  static Patterns products(const Patterns& heads, const Patterns& tails) {
    const std::size_t count = heads.size() * tails.size();
    const std::size_t bytes = bytes_of(heads) * tails.size() + bytes_of(tails) * heads.size();
    if (count > most_patterns || (count > 1 && bytes > most_bytes)) refuse_as_too_many();
    Patterns result;
    result.reserve(count);
    for (const std::string& head : heads) {
      for (const std::string& tail : tails) result.push_back(head + tail);
    }
    return result;
  }

  [[noreturn]] static void refuse_as_too_many() {
    throw Error(Fault::workflow,
                fmt::format("a pattern's braces stand for more than {} patterns, or {}",
                            most_patterns, human_size(most_bytes)),
                "Write it as several patterns, or with '*'.");
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
};

/// The length of the UTF-8 character that starts at `at`: a '?' stands for a whole one.
std::size_t character_length(std::string_view name, std::size_t at) {
  std::size_t length = 1;
  while (at + length < name.size() &&
         (static_cast<unsigned char>(name[at + length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

/// The characters of `text`, one string each. Compared as bytes they sort by code point.
std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> result;
  for (std::size_t at = 0; at < text.size(); at += result.back().size()) {
    result.push_back(text.substr(at, character_length(text, at)));
  }
  return result;
}

bool in_bracket(std::string_view set, std::string_view character) {
  const bool negated = !set.empty() && (set[0] == '!' || set[0] == '^');
  if (negated) set.remove_prefix(1);
  const auto all = characters_of(set);
  bool found = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 2 < all.size() && all[i + 1] == "-") {
      found = found || (all[i] <= character && character <= all[i + 2]);
      i += 2;
    } else {
      found = found || all[i] == character;
    }
  }
  return found != negated;
}

/// How far one element of the pattern at `p` (not a star) reaches, if it matches at `n`.
struct GlobStep {
  bool matched = false;
  std::size_t pattern = 0;
  std::size_t name = 0;
};

GlobStep match_one(std::string_view pattern, std::size_t p, std::string_view name, std::size_t n) {
  if (pattern[p] == '?') return {true, 1, character_length(name, n)};
  if (pattern[p] == '[') {
    const auto end = bracket_end(pattern, p);
    if (end != std::string_view::npos) {
      const std::size_t length = character_length(name, n);
      return {in_bracket(pattern.substr(p + 1, end - p - 1), name.substr(n, length)), end - p + 1,
              length};
    }
  }
  const bool escaped = pattern[p] == '\\' && p + 1 < pattern.size();
  return {pattern[p + (escaped ? 1 : 0)] == name[n], escaped ? std::size_t{2} : 1, 1};
}

/// Only the last `**` seen has to be come back to: what it does not swallow, an earlier one need
/// not.
bool match_segments(std::span<const std::string> pattern, std::span<const std::string> path) {
  constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = none;
  std::size_t star_reach = 0;
  while (n < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = p++;
      star_reach = n;
    } else if (p < pattern.size() && matches_segment(pattern[p], path[n])) {
      ++p;
      ++n;
    } else if (star != none) {
      p = star + 1;
      n = ++star_reach;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == "**") ++p;
  return p == pattern.size();
}

/// Throws where a brace or bracket has no partner, or where there are too many.
void check_partners(std::string_view pattern) {
  int depth = 0;
  int braces = 0;
  for (std::size_t at = 0; at < pattern.size(); at = next_element(pattern, at)) {
    const char c = pattern[at];
    if (c == '[' && bracket_end(pattern, at) == std::string_view::npos) {
      refuse(pattern, "'[' without its ']'", c);
    }
    if (c == '{') {
      ++depth;
      ++braces;
    }
    if (c == '}' && --depth < 0) refuse(pattern, "'}' without its '{'", c);
  }
  if (depth > 0) refuse(pattern, "'{' without its '}'", '{');
  if (braces > most_braces) {
    throw Error(Fault::workflow, fmt::format("a pattern has more than {} braces", most_braces),
                "Write it as several patterns, or with '*'.");
  }
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
  check_partners(pattern);
  return Braces(pattern).write_out();
}

bool matches_segment(std::string_view pattern, std::string_view name) {
  // The last star seen, and how far it reaches: enough to come back to, so linear in practice.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_reach = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_reach = n;
      continue;
    }
    const GlobStep step = p < pattern.size() ? match_one(pattern, p, name, n) : GlobStep{};
    if (step.matched) {
      p += step.pattern;
      n += step.name;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_reach;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool begins_with_dot(std::string_view pattern) {
  return pattern.starts_with('.') || pattern.starts_with("\\.");
}

bool matches_file(std::string_view pattern, std::string_view name) {
  return (!name.starts_with('.') || begins_with_dot(pattern)) && matches_segment(pattern, name);
}

bool matches_path(std::string_view pattern, std::string_view path) {
  return match_segments(segments(pattern), segments(path));
}

bool matches_all_below(std::string_view pattern, std::string_view directory) {
  return pattern.ends_with("/**") && matches_path(pattern, directory);
}

bool is_literal(std::string_view pattern) {
  bool may_close = true;  // no ']' behind one '[' is none behind the next one either
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (c == '*' || c == '?') {
      return false;
    } else if (c == '[' && may_close) {
      if (bracket_end(pattern, at) != std::string_view::npos) return false;
      may_close = false;
    }
  }
  return true;
}

std::string unescaped(std::string_view pattern) {
  std::string result;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    result += pattern[at];
  }
  return result;
}

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> result;
  while (!path.empty()) {
    const auto slash = path.find('/');
    if (slash != 0) result.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return result;
}

}  // namespace core
