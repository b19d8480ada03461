// SPDX-License-Identifier: MIT
#include "core/text/glob.hpp"

#include <algorithm>
#include <span>

#include "core/text/text.hpp"

namespace core {
namespace {

/// The length of the UTF-8 character that starts at `at`: a '?' matches a whole character.
std::size_t character_length(std::string_view name, std::size_t at) {
  std::size_t length = 1;
  while (at + length < name.size() &&
         (static_cast<unsigned char>(name[at + length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

/// The characters of `text`, one string each. Comparing their bytes compares their code points.
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

/// Whether one element of a pattern (not a star) matches, and the lengths that it covers.
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

/// Backtracks only to the last `**`: if that one cannot match more segments, an earlier one does
/// not help.
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

}  // namespace

std::size_t bracket_end(std::string_view pattern, std::size_t at) {
  std::size_t end = at + 1;
  if (end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^')) ++end;
  if (end < pattern.size() && pattern[end] == ']') ++end;  // a ']' in the first place is literal
  return pattern.find(']', end);
}

std::size_t next_element(std::string_view pattern, std::size_t at) {
  if (pattern[at] == '\\') return at + 2;
  const auto end = pattern[at] == '[' ? bracket_end(pattern, at) : at;
  return end == std::string_view::npos ? at + 1 : end + 1;
}

bool matches_segment(std::string_view pattern, std::string_view name) {
  // Backtracking to the last star is enough, which makes this linear in practice.
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
  bool may_close = true;  // if there is no ']' after one '[', there is none after the next
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

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("*?[]{}\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
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
