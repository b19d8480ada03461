// SPDX-License-Identifier: MIT
#include "core/changelog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/markdown.hpp"
#include "core/text.hpp"
#include "core/version.hpp"

namespace core {
namespace {

constexpr std::size_t most_named = 10;  // sections in a message

struct Heading {
  std::size_t line = 0;
  std::size_t lines = 1;  ///< 2 for one that is underlined
  std::size_t level = 0;  ///< 1 to 6
  std::string text;
};

struct VersionSection {
  Heading heading;
  std::string name;  ///< "1.2.0", "Unreleased"
};

/// "## Text ##"
std::optional<Heading> hashed_heading(const std::string& line) {
  const auto start = std::min(line.find_first_not_of(' '), line.size());
  const auto end = std::min(line.find_first_not_of('#', start), line.size());
  Heading heading;
  heading.level = end - start;
  if (start > 3 || heading.level < 1 || heading.level > 6) return std::nullopt;
  if (end < line.size() && line[end] != ' ' && line[end] != '\t') return std::nullopt;
  heading.text = trim(line.substr(end));
  while (heading.text.ends_with('#')) heading.text.pop_back();
  heading.text = trim(heading.text);
  return heading;
}

/// A line of "=" or "-", below a heading's text.
std::optional<std::size_t> underline_level(const std::string& line) {
  const std::string_view text = trim(line);
  if (text.size() < 3 || text.find_first_not_of(text[0]) != std::string_view::npos) {
    return std::nullopt;
  }
  if (text[0] == '=') return 1;
  return text[0] == '-' ? std::optional<std::size_t>(2) : std::nullopt;
}

struct Name {
  std::string text;
  bool sure = false;  ///< the heading says a version, perhaps with a date, and nothing else
};

/// What the section is called whose heading this is.
Name name_in(std::string text) {
  std::erase_if(text, [](char c) { return c == '*' || c == '`'; });
  std::string_view rest = trim(text);
  for (const std::string_view word : {"version ", "release "}) {
    if (lower(rest).starts_with(word)) rest = trim(rest.substr(word.size()));
  }
  Name name;
  if (rest.starts_with('[')) {
    const auto close = rest.find(']');
    name.text = rest.substr(1, close == std::string_view::npos ? close : close - 1);
    name.sure = close != std::string_view::npos;
    return name;
  }
  const auto end = std::min(rest.find_first_of(" \t(:,"), rest.size());
  name.text = rest.substr(0, end);
  rest = trim(rest.substr(end));
  name.sure = rest.empty() || std::string_view("-(/[:").find(rest[0]) != std::string_view::npos ||
              rest.starts_with("–") || rest.starts_with("—");
  return name;
}

class Changelog {
 public:
  Changelog(std::string_view text, std::string_view tag) : tag_(lower(tag)) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    lines_ = lines(normalized(text));
    is_text_ = text_lines(lines_);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_text_[i] && read_link_definition(lines_[i], links_)) definitions_.push_back(i);
    }
    find_headings();
  }

  /// The section of the tag: spelt as it, else of an equivalent version.
  const VersionSection* find() const {
    const std::string_view prefix = version_prefix(tag_);
    const auto version = parse_version(tag_);
    const VersionSection* equivalent = nullptr;
    for (const VersionSection& section : sections_) {
      const std::string name = lower(section.name);
      if (name == tag_) return &section;
      const std::string_view own_prefix = version_prefix(name);
      const auto own = parse_version(name);
      if (!own || !version || (!own_prefix.empty() && own_prefix != prefix)) continue;
      if (own->text == version->text) return &section;
      if (equivalent == nullptr && *own == *version) equivalent = &section;
    }
    return equivalent;
  }

  std::string text_of(const VersionSection& section) const {
    const std::size_t begin = section.heading.line + section.heading.lines;
    const std::size_t end = end_of(section);
    std::string result;
    std::string part;  // consecutive lines of text
    const auto write_part = [&] {
      result += with_links_written_out(part, links_);
      part.clear();
    };
    for (std::size_t i = begin; i < end; ++i) {
      if (std::binary_search(definitions_.begin(), definitions_.end(), i)) continue;
      if (!is_text_[i]) write_part();
      (is_text_[i] ? part : result) += lines_[i] + "\n";
    }
    write_part();
    return normalized(result.substr(std::min(result.find_first_not_of('\n'), result.size())));
  }

  const std::vector<VersionSection>& sections() const { return sections_; }

 private:
  void find_headings() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!is_text_[i]) continue;
      auto heading = hashed_heading(lines_[i]);
      if (!heading && i + 1 < lines_.size() && is_text_[i + 1]) {
        if (const auto level = underline_level(lines_[i + 1])) {
          heading = Heading{i, 2, *level, lines_[i]};
          if (!is_name(name_in(lines_[i]).text)) heading.reset();  // or a rule below a list
        }
      }
      if (!heading) continue;
      heading->line = i;
      headings_.push_back(*heading);
      const Name name = name_in(heading->text);
      // "### 3 new features" is no section of version 3.
      if (is_name(name.text) && (name.sure || name.text.find('.') != std::string::npos)) {
        sections_.push_back({*heading, name.text});
      }
    }
  }

  bool is_name(std::string_view name) const {
    const std::string word = lower(name);
    return word == "unreleased" || word == tag_ || parse_version(name);
  }

  /// The line in which `section` ends: that of the next version's heading, or of another one that is
  /// not below its own. Where patch releases stand one level below the others, their own parts stand
  /// on that level, too (standard-version).
  std::size_t end_of(const VersionSection& section) const {
    const Heading& own = section.heading;
    const bool below_others =
        std::any_of(sections_.begin(), sections_.end(),
                    [&](const VersionSection& other) { return other.heading.level < own.level; });
    std::size_t end = lines_.size();
    for (const VersionSection& other : sections_) {
      if (other.heading.line > own.line) end = std::min(end, other.heading.line);
    }
    for (const Heading& heading : headings_) {
      const bool is_higher =
          heading.level < own.level || (heading.level == own.level && !below_others);
      if (heading.line > own.line && is_higher) end = std::min(end, heading.line);
    }
    return end;
  }

  std::string tag_;  ///< in lower case
  std::vector<std::string> lines_;
  std::vector<bool> is_text_;
  LinkDefinitions links_;
  std::vector<std::size_t> definitions_;  ///< lines that define a link, in order
  std::vector<Heading> headings_;
  std::vector<VersionSection> sections_;
};

std::string names_of(const std::vector<VersionSection>& sections) {
  std::vector<std::string> names;
  for (const VersionSection& section : sections) {
    if (names.size() == most_named) break;
    names.push_back(one_line(section.name, 60));
  }
  std::string text = join(names, ", ");
  if (sections.size() > most_named)
    text += fmt::format(" and {} more", sections.size() - most_named);
  return text;
}

}  // namespace

std::string changelog_section(std::string_view text, std::string_view tag,
                              const std::string& file) {
  const Changelog changelog(text, tag);
  const std::string shown(tag);
  const VersionSection* section = changelog.find();
  if (section == nullptr) {
    const std::string there = changelog.sections().empty()
                                  ? "no heading in it names a version"
                                  : "there are " + names_of(changelog.sections());
    throw Error(Fault::workflow, fmt::format("{} has no section for {}; {}", file, shown, there),
                "Add one under a heading such as '## [1.2.0] - 2026-01-02'.");
  }
  std::string result = changelog.text_of(*section);
  if (result.empty()) {
    throw Error(Fault::workflow, fmt::format("{}: the section for {} is empty", file, shown),
                "Write down what has changed, below its heading.");
  }
  return result;
}

}  // namespace core
