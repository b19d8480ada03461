// SPDX-License-Identifier: MIT
#include "core/version/version.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text/text.hpp"
#include "core/version/custom.hpp"
#include "core/version/pep440.hpp"
#include "core/version/semver.hpp"
#include "core/version/words.hpp"

namespace core {
namespace {

/// The parts of a tag.
struct TagParts {
  std::string_view prefix;
  std::optional<Version> version;
};

/// Parses by the first scheme that matches.
std::optional<Version> read_by_schemes(std::string_view text) {
  const std::string lowered = lower(text);
  auto version = read_semver(lowered);
  if (!version) version = read_pep440(lowered);
  if (!version) version = read_custom(lowered);
  if (version) version->text = text;
  return version;
}

std::optional<Version> read_text(std::string_view text) {
  auto version = read_by_schemes(text);
  if (version) return version;
  const auto dotted = with_dots(text);
  return dotted ? read_by_schemes(*dotted) : std::nullopt;
}

bool ends_name(char c) { return std::string_view("-_.#=+").find(c) != std::string_view::npos; }

/// The end of the name before the version at `at`: before its "v", "v." or "v-".
std::size_t end_of_name(std::string_view text, std::size_t at) {
  const auto is_mark = [&](std::size_t place) {
    return (text[place] == 'v' || text[place] == 'V') && (place == 0 || ends_name(text[place - 1]));
  };
  if (at >= 1 && is_mark(at - 1)) return at - 1;
  if (at >= 2 && ends_name(text[at - 1]) && is_mark(at - 2)) return at - 2;
  return at;
}

/// The letters at the end of `text`, in lower case.
std::string last_word(std::string_view text) {
  const auto begin = std::find_if_not(text.rbegin(), text.rend(), is_letter);
  return lower(text.substr(static_cast<std::size_t>(text.rend() - begin)));
}

/// Whether a version may directly follow `word`: "go1.20", "release2", but not "rc1".
bool may_touch(const std::string& word, const Version& version) {
  constexpr std::array<std::string_view, 4> marks = {"release", "rel", "version", "ver"};
  if (std::find(marks.begin(), marks.end(), word) != marks.end()) return true;
  return !word.empty() && !word.ends_with('v') && version.numbers.size() > 1 && !stage_word(word);
}

/// Reads `beta-1.2.0` as 1.2.0-beta. nullopt for `beta-1`, which only counts the betas.
std::optional<Version> as_prerelease(const std::string& word, Version version) {
  constexpr std::size_t digits_of_a_date = 6;
  if (version.numbers.size() == 1 && version.numbers[0].size() < digits_of_a_date) {
    return std::nullopt;
  }
  return version.is_prerelease() ? version : read_by_schemes(version.text + "-" + word);
}

/// Whether a version may follow `name`.
bool may_follow(std::string_view name, const Version& version) {
  if (name.empty()) return true;
  if (ends_name(name.front())) return false;
  return ends_name(name.back()) || may_touch(last_word(name), version);
}

/// Whether the text at `at` is a malformed version instead of a part of the name: `1.2-x-3` is not
/// version 3 of `1.2-x`.
bool is_broken_version(std::string_view text, std::size_t at) {
  const auto end = std::min(text.find_first_not_of("0123456789", at), text.size());
  if (at > 0 && is_letter(text[at - 1]) && end_of_name(text, at) == at) return false;
  if (end_of_name(text, at) == 0) return end < text.size() && !is_letter(text[end]);
  return end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
}

/// Finds the version in `text` and the name before it, which ends with the prefix of the tag.
TagParts find_version(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    const std::string_view name = text.substr(0, end_of_name(text, at));
    auto version = read_text(text.substr(at));
    if (version && may_follow(name, *version)) {
      const std::string word = lower(name.substr(0, name.empty() ? 0 : name.size() - 1));
      if (!names_prereleases(word)) return {name, std::move(version)};
      version = as_prerelease(word, std::move(*version));
      return version ? TagParts{name, std::move(version)} : TagParts();
    }
    if (version ? version->numbers.size() > 1 : is_broken_version(text, at)) break;
  }
  return {};
}

TagParts take_apart(std::string_view tag) {
  const auto slash = tag.find_last_of("/@");
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view text = tag.substr(begin);
  TagParts parts;
  if (text.size() <= max_version_length + 1) parts = find_version(text);  // including the v
  if (parts.version && parts.version->text.size() > max_version_length) parts = {};
  parts.prefix = tag.substr(0, begin + parts.prefix.size());
  return parts;
}

}  // namespace

std::string_view version_prefix(std::string_view tag) { return take_apart(tag).prefix; }

std::optional<Version> parse_version(std::string_view tag) { return take_apart(tag).version; }

bool is_higher(std::string_view tag, std::string_view other) {
  const auto one = parse_version(tag);
  const auto two = parse_version(other);
  return one && two && *one > *two;
}

bool is_prerelease(std::string_view tag) {
  const auto version = parse_version(tag);
  return version && version->is_prerelease();
}

}  // namespace core
