// SPDX-License-Identifier: MIT
// Patterns, compared with a slow matcher that defines their meaning.
#include "core/text/glob.hpp"
#include "core/text/braces.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

/// One element of a pattern: a star, or the possible values of one character or byte.
struct Element {
  enum class Kind { star, any, set, byte } kind = Kind::byte;
  std::string text;  ///< of a set: the text between its brackets; of a byte: itself
};

std::vector<Element> elements_of(const std::string& pattern) {
  std::vector<Element> result;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '*') {
      result.push_back({Element::Kind::star, ""});
    } else if (c == '?') {
      result.push_back({Element::Kind::any, ""});
    } else if (c == '\\' && at + 1 < pattern.size()) {
      result.push_back({Element::Kind::byte, pattern.substr(++at, 1)});
    } else if (c == '[') {
      std::size_t first = at + 1;
      if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) ++first;
      const auto end = pattern.find(']', first + 1);  // at the start it is literal
      if (end == std::string::npos) {
        result.push_back({Element::Kind::byte, "["});
      } else {
        result.push_back({Element::Kind::set, pattern.substr(at + 1, end - at - 1)});
        at = end;
      }
    } else {
      result.push_back({Element::Kind::byte, std::string(1, c)});
    }
  }
  return result;
}

/// The character at the start of `text`: a byte and the continuation bytes after it.
std::string first_character(const std::string& text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return text.substr(0, size);
}

bool set_has(std::string set, const std::string& character) {
  const bool negated = set.starts_with('!') || set.starts_with('^');
  if (negated) set.erase(0, 1);
  bool found = false;
  while (!set.empty()) {
    const std::string low = first_character(set);
    set.erase(0, low.size());
    std::string high = low;
    if (set.size() > 1 && set[0] == '-') {
      high = first_character(set.substr(1));
      set.erase(0, 1 + high.size());
    }
    found = found || (low <= character && character <= high);
  }
  return found != negated;
}

class Meaning {
 public:
  Meaning(std::vector<Element> elements, std::string name)
      : elements_(std::move(elements)), name_(std::move(name)) {}

  bool matches(std::size_t element = 0, std::size_t at = 0) {
    const auto known = known_.find({element, at});
    if (known != known_.end()) return known->second;
    return known_[{element, at}] = decide(element, at);
  }

 private:
  bool decide(std::size_t element, std::size_t at) {
    if (element == elements_.size()) return at == name_.size();
    const Element& one = elements_[element];
    if (one.kind == Element::Kind::star) {
      return matches(element + 1, at) || (at < name_.size() && matches(element, at + 1));
    }
    if (at == name_.size()) return false;
    const std::string character = first_character(name_.substr(at));
    switch (one.kind) {
      case Element::Kind::any:
        return matches(element + 1, at + character.size());
      case Element::Kind::set:
        return set_has(one.text, character) && matches(element + 1, at + character.size());
      default:
        return one.text[0] == name_[at] && matches(element + 1, at + 1);
    }
  }

  std::vector<Element> elements_;
  std::string name_;
  std::map<std::pair<std::size_t, std::size_t>, bool> known_;
};

bool slowly_matches_path(std::vector<std::string> pattern, std::vector<std::string> path) {
  if (pattern.empty()) return path.empty();
  const std::string first = pattern[0];
  const std::vector<std::string> rest(pattern.begin() + 1, pattern.end());
  if (first == "**" && slowly_matches_path(rest, path)) return true;
  if (path.empty()) return false;
  const std::vector<std::string> below(path.begin() + 1, path.end());
  if (first == "**") return slowly_matches_path(pattern, below);
  return Meaning(elements_of(first), path[0]).matches() && slowly_matches_path(rest, below);
}

std::string escaped(const std::string& name) {
  std::string result;
  for (const char c : name) result += std::string("\\") + c;
  return result;
}

void check_braces(const std::string& pattern) {
  std::vector<std::string> expanded;
  try {
    expanded = core::expand_braces(pattern);
  } catch (const core::Error& error) {
    require(error.fault == core::Fault::workflow, "a bad pattern is the workflow's fault");
    return;
  }
  require(!expanded.empty() && expanded.size() <= 1000, "between one and 1,000 patterns");
  for (const std::string& one : expanded) {
    require(core::expand_braces(one) == std::vector<std::string>{one}, "no brace is left");
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const auto given = parts(input, 2);
  check_braces(given[0]);

  constexpr std::size_t slow = 60;  // bytes: the reference is slow
  const std::string pattern = given[0].substr(0, slow);
  const std::string name = given[1].substr(0, slow);
  const bool matches = core::matches_segment(pattern, name);
  if (!core::is_utf8(pattern) || !core::is_utf8(name)) return;
  require(matches == Meaning(elements_of(pattern), name).matches(),
          "a pattern matches what is meant by it");
  require(core::matches_segment(escaped(name), name), "an escaped name matches itself");
  require(core::matches_file(escaped(name), name), "an escaped name matches itself on disk");
  const auto first = elements_of(pattern);
  const bool has_dot =
      !first.empty() && first[0].kind == Element::Kind::byte && first[0].text == ".";
  require(core::matches_file(pattern, name) == (matches && (name[0] != '.' || has_dot)),
          "a leading dot on disk is matched by a dot only");
  require(core::is_literal(escaped(name)) && core::unescaped(escaped(name)) == name,
          "an escaped name is literal");
  if (core::is_literal(pattern) && pattern.find('[') == std::string::npos) {
    require(core::matches_segment(pattern, core::unescaped(pattern)), "a literal means itself");
  }

  const auto segments = core::segments(pattern);
  constexpr std::size_t few = 8;
  if (std::count(segments.begin(), segments.end(), "**") <= std::ptrdiff_t{few}) {
    require(
        core::matches_path(pattern, name) == slowly_matches_path(segments, core::segments(name)),
        "a path matches what is meant by its pattern");
  }
}
