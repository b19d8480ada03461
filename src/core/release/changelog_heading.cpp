// SPDX-License-Identifier: MIT
#include "core/release/changelog_heading.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "core/text/text.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

constexpr std::size_t max_heading = 1000;  // bytes that are looked at
constexpr std::size_t max_words = 16;      // likewise
constexpr std::size_t max_name_words = 6;  // before a version
constexpr std::array<std::string_view, 5> marks = {"version", "release", "ver", "v", "rel"};
/// Words that say that a version follows, not whose.
constexpr std::array<std::string_view, 20> general_words = {
    "whats", "new", "in",      "changes", "changelog", "change",  "log",
    "for",   "of",  "the",     "notes",   "release",   "version", "history",
    "news",  "tag", "between", "from",    "updates",   "released"};
/// Words after which a version is not that of the section.
constexpr std::array<std::string_view, 30> leading_elsewhere = {
    "to",    "from",    "since",    "before",   "after",   "until",    "than",    "with",
    "on",    "require", "requires", "required", "using",   "via",      "by",      "bump",
    "bumps", "bumped",  "update",   "updated",  "upgrade", "upgraded", "support", "supports",
    "drop",  "dropped", "minimum",  "migrate",  "and",     "at"};

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The position after the `close` that ends the part at `at`; `at` if there is none.
std::size_t behind(std::string_view text, std::size_t at, std::string_view close) {
  const auto end = text.find(close, at);
  return end == std::string_view::npos ? at : end + close.size();
}

/// How long the address is that follows a link's text: "(https://…)", "[1]".
std::size_t length_of_address(std::string_view text) {
  if (text.starts_with('(')) return behind(text, 0, ")");
  return text.starts_with('[') ? behind(text, 0, "]") : 0;
}

/// How long the part at the start of `text` is that is not shown: a tag, an image, a name of an emoji.
std::size_t length_of_unseen(std::string_view text) {
  if (text.starts_with('<') && text.size() > 1) {
    const bool is_tag = is_letter(text[1]) || text[1] == '/' || text[1] == '!';
    return is_tag ? behind(text, 0, ">") : 0;
  }
  if (text.starts_with("![")) {
    const std::size_t end = behind(text, 0, "]");
    return end == 0 ? 0 : end + length_of_address(text.substr(end));
  }
  if (text.starts_with(':')) {
    const auto end = std::find_if_not(text.begin() + 1, text.end(),
                                      [](char c) { return is_word(c) || c == '+' || c == '-'; });
    const bool is_name = end != text.end() && *end == ':' && is_letter(text[1]);
    return is_name ? static_cast<std::size_t>(end - text.begin()) + 1 : 0;
  }
  return text.starts_with("&nbsp;") ? std::string_view("&nbsp;").size() : 0;
}

struct Word {
  std::string_view text;
  std::size_t begin = 0;
  std::optional<Version> version;
};

bool separates_words(char c) {
  return std::string_view(" \t()[]{},;|\"").find(c) != std::string_view::npos;
}

bool is_wordless(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

/// Those with a letter or digit in them: no dashes, no emoji.
std::vector<Word> words_of(std::string_view plain) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < plain.size() && words.size() < max_words;) {
    const auto end =
        std::find_if(plain.begin() + static_cast<std::ptrdiff_t>(at), plain.end(), separates_words);
    const auto size = static_cast<std::size_t>(end - plain.begin()) - at;
    std::string_view word = plain.substr(at, size);
    std::size_t begin = at;
    for (; !word.empty() && std::string_view("#'=~<>").find(word[0]) != std::string_view::npos;
         ++begin) {
      word.remove_prefix(1);
    }
    while (!word.empty() &&
           std::string_view(":.'!=~<>").find(word.back()) != std::string_view::npos) {
      word.remove_suffix(1);
    }
    if (!is_wordless(word)) words.push_back({word, begin, parse_version(word)});
    at += size + 1;
  }
  return words;
}

/// "2026-01-05", "2026/1/5"
bool is_date(std::string_view word) {
  if (word.size() < 8 || word.size() > 10 || (word[4] != '-' && word[4] != '/')) return false;
  const auto second = word.find(word[4], 5);
  if (second == std::string_view::npos || second == 5 || second + 1 == word.size()) return false;
  return std::all_of(word.begin(), word.end(),
                     [&](char c) { return is_digit(c) || c == word[4]; }) &&
         std::count(word.begin(), word.end(), word[4]) == 2;
}

std::string letters_and_digits(std::string_view text) {
  std::string result = lower(text);
  std::erase_if(result, [](char c) { return c > 0 && !is_letter(c) && !is_digit(c); });
  return result;
}

bool is_month(std::string_view word) {
  constexpr std::string_view months =
      " january february march april may june july august september october november december jan "
      "feb "
      "mar apr jun jul aug sep oct nov dec ";
  return months.find(" " + std::string(word) + " ") != std::string_view::npos;
}

/// "widgetpro" of "What's new in Widget Pro".
std::string thing_of(const std::vector<Word>& words, std::size_t end) {
  std::string thing;
  for (std::size_t i = 0; i < end; ++i) {
    const std::string word = letters_and_digits(words[i].text);
    const bool has_letters = std::any_of(word.begin(), word.end(), is_letter);
    const bool names_it = has_letters && !is_month(word) && !words[i].version;
    if (names_it && !is_among(word, general_words) && !is_among(word, marks)) thing += word;
  }
  return thing;
}

/// Whether the text after the version is empty, a date or a remark instead of a sentence.
bool ends_name(std::string_view rest) {
  rest = trim(rest);
  if (rest.empty() || rest.starts_with("–") || rest.starts_with("—")) return true;
  if (std::string_view("-(/[]):,;|{\"'").find(rest[0]) != std::string_view::npos) return true;
  return is_date(rest.substr(0, rest.find_first_of(" \t)")));
}

/// The first word of the name, after "Version" and a date.
std::size_t first_of(const std::vector<Word>& words) {
  std::size_t first = 0;
  while (first + 1 < words.size() &&
         (is_among(lower(words[first].text), marks) || is_date(words[first].text))) {
    ++first;
  }
  return first;
}

bool has_dot(const Word& word) {
  return word.version && word.version->text.find('.') != std::string::npos;
}

/// The index of the first word from `begin` on that is a version and not a date; the number of words
/// if there is none.
std::size_t version_from(const std::vector<Word>& words, std::size_t begin) {
  while (begin < words.size() && (is_date(words[begin].text) || !words[begin].version)) {
    ++begin;
  }
  return begin;
}

/// The version that the heading is about: in "5 January 2026 - 1.2.0" that with dots, in "1.1.0 ->
/// 1.2.0" and "Changes between 1.1.0 and 1.2.0" the second.
std::size_t version_among(std::string_view plain, const std::vector<Word>& words,
                          std::size_t first) {
  constexpr std::size_t digits_of_a_year = 4;
  std::size_t at = version_from(words, 0);
  std::size_t other = at;
  const bool is_day = at + 1 < words.size() && is_month(lower(words[at + 1].text));
  const bool is_year = at < words.size() && words[at].text.size() == digits_of_a_year;
  const bool may_be_date = at != first || is_day || is_year;
  while (may_be_date && other < words.size() && !has_dot(words[other])) {
    other = version_from(words, other + 1);
  }
  if (other < words.size()) at = other;
  if (at == words.size()) return at;
  const std::string_view rest = trim(plain.substr(words[at].begin + words[at].text.size()));
  const bool is_arrow = rest.starts_with("->") || rest.starts_with("=>") || rest.starts_with("→");
  const std::string before = at == 0 ? "" : lower(words[at - 1].text);
  const bool is_range =
      lower(words[0].text) == "changes" && (before == "between" || before == "from");
  const std::size_t second = version_from(words, at + 1);
  return (is_arrow || is_range) && second < words.size() ? second : at;
}

}  // namespace

std::string plain_heading(std::string_view markdown) {
  markdown = markdown.substr(0, max_heading);
  std::string result;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::string_view rest = markdown.substr(at);
    std::size_t length = length_of_unseen(rest);
    if (length == 0) {
      length = 1;
      const bool at_edge =
          at == 0 || !is_word(markdown[at - 1]) || rest.size() == 1 || !is_word(rest[1]);
      if (rest[0] == ']') {
        result += ']';
        length += length_of_address(rest.substr(1));
      } else if (rest.starts_with("~~")) {
        length = 2;
      } else if (rest[0] == '\\' && rest.size() > 1 && !is_word(rest[1])) {
        result += rest[1];
        length = 2;
      } else if (rest[0] != '*' && rest[0] != '`' && !(rest[0] == '_' && at_edge)) {
        result += rest[0];
      }
    } else if (rest[0] == '&') {
      result += ' ';
    }
    at += length;
  }
  return std::string(trim(result));
}

std::optional<HeadingName> name_in_heading(std::string_view plain, std::string_view tag) {
  using Kind = HeadingName::Kind;
  const std::vector<Word> words = words_of(plain);
  if (words.empty()) return std::nullopt;
  const std::size_t first = first_of(words);
  const std::string_view word = words[first].text;
  if (lower(word) == tag || lower(words[0].text) == tag || lower(plain) == tag) {
    return HeadingName{std::string(tag), words[first].version, "", Kind::version};
  }
  const std::size_t at = version_among(plain, words, first);
  if (at == words.size()) {
    if (lower(words[0].text) == "unreleased")
      return HeadingName{"Unreleased", std::nullopt, "", Kind::version};
    if (!is_date(words[0].text)) return std::nullopt;
    return HeadingName{std::string(words[0].text), words[0].version, "", Kind::date};
  }
  const std::string_view version = words[at].text;
  const std::size_t begin = words[at].begin;
  const bool in_brackets = begin > 0 && plain[begin - 1] == '[';
  const bool is_whole = in_brackets || ends_name(plain.substr(begin + version.size()));
  const std::string_view prefix = version_prefix(version);
  const bool is_unreleased = lower(words[0].text) == "unreleased";
  if (is_unreleased && (at != 1 || !is_whole))
    return HeadingName{"Unreleased", std::nullopt, "", Kind::version};
  if ((at == first || is_unreleased) && prefix.empty()) {
    if (!is_whole && !has_dot(words[at])) return std::nullopt;
    return HeadingName{std::string(version), words[at].version, "",
                       is_whole ? Kind::version : Kind::sentence};
  }
  const bool is_range = lower(words[0].text) == "changes";
  const bool is_elsewhere =
      at > 0 && !is_range &&
      (at > max_name_words || is_among(lower(words[at - 1].text), leading_elsewhere) ||
       is_among(lower(words[0].text), leading_elsewhere));
  if (is_elsewhere || !is_whole || !has_dot(words[at])) return std::nullopt;
  std::string thing = prefix.empty() ? thing_of(words, at) : thing_of_prefix(prefix);
  return HeadingName{std::string(version), words[at].version, std::move(thing), Kind::sentence};
}

std::string thing_of_prefix(std::string_view prefix) {
  while (!prefix.empty() && is_wordless(prefix.substr(prefix.size() - 1))) prefix.remove_suffix(1);
  const auto slash = prefix.rfind('/');
  if (slash != std::string_view::npos) prefix.remove_prefix(slash + 1);
  const std::string thing = letters_and_digits(prefix);
  return is_among(thing, marks) ? "" : thing;
}

}  // namespace core
