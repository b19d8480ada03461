// SPDX-License-Identifier: MIT
#include "core/release/changelog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/release/changelog_format.hpp"
#include "core/release/changelog_sections.hpp"
#include "core/text/block_starts.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_named = 10;  // sections and headings in a message

using Range = ChangelogSections::Range;

/// Whether `line` is only `<a name="x"></a>`, `<br>` or a comment.
bool is_unseen(std::string_view line) {
  if (!line.starts_with('<')) return false;
  while (line.starts_with('<')) {
    const bool is_comment = line.starts_with("<!--");
    const std::string name = lower(line.substr(0, 3));
    const bool is_mark = name == "<a " || name == "</a" || name == "<br" || name == "<hr";
    const auto end = line.find(is_comment ? "-->" : ">");
    if (end == std::string_view::npos || !(is_comment || is_mark)) return false;
    line = trim(line.substr(end + (is_comment ? 3 : 1)));
  }
  return line.empty();
}

/// "[Back to top](#changelog)"
bool leads_up(std::string_view line) {
  const auto link = line.find("](#");
  return line.starts_with('[') && link != std::string_view::npos && line.ends_with(')') &&
         line.find(']') == link && line.find(')', link) == line.size() - 1;
}

/// Whether a line divides sections, and says nothing.
bool is_divider(std::string_view line) {
  line = trim(line);
  return line.empty() || is_rule(line) || is_unseen(line) || leads_up(line);
}

/// Removes what separates a section from its neighbours.
Range trimmed(Range range, const ChangelogSections& changelog,
              const std::vector<std::size_t>& definitions) {
  const auto says_nothing = [&](std::size_t i) {
    if (std::binary_search(definitions.begin(), definitions.end(), i)) return true;
    const std::string_view line = trim(changelog.lines()[i]);
    if (changelog.is_text()[i] || line.empty()) return is_divider(line);
    return is_unseen(line);
  };
  while (range.begin < range.end && says_nothing(range.end - 1)) --range.end;
  while (range.begin < range.end && says_nothing(range.begin)) ++range.begin;
  return range;
}

std::string cut_out(const ChangelogSections& changelog, Range range) {
  LinkDefinitions links;
  std::vector<std::size_t> definitions;  // their lines, in order
  const auto& lines = changelog.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (changelog.is_text()[i] && read_link_definition(lines[i], links)) definitions.push_back(i);
  }
  range = trimmed(range, changelog, definitions);
  std::string result;
  std::string part;  // consecutive lines of text
  const auto write_part = [&] {
    result += with_links_written_out(part, links);
    part.clear();
  };
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (std::binary_search(definitions.begin(), definitions.end(), i)) continue;
    if (!changelog.is_text()[i]) write_part();
    (changelog.is_text()[i] ? part : result) += lines[i] + "\n";
  }
  write_part();
  return normalized(result);
}

/// The first of `names`, and how many more there are.
std::string listed(const std::vector<std::string>& names) {
  const std::vector<std::string> first(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), max_named)));
  std::string text = join(first, ", ");
  if (names.size() > max_named) text += fmt::format(" and {} more", names.size() - max_named);
  return text;
}

/// Lists the sections or headings that exist instead.
std::string seen_in(const ChangelogSections& changelog) {
  constexpr std::size_t max_shown = 60;
  std::vector<std::string> names;
  std::vector<std::string> titles;
  for (const auto& heading : changelog.headings()) {
    if (heading.name) names.push_back(one_line(heading.name->text, max_shown));
    titles.push_back("'" + one_line(heading.text, max_shown) + "'");
  }
  if (!names.empty()) return "there are " + listed(names);
  if (titles.empty()) return "it has no headings";
  return "none of its headings names a version: " + listed(titles);
}

/// "" for Markdown. If "## 1.2.0" is a heading, marks of another format are part of the text.
std::string_view foreign_format(const ChangelogSections& changelog, std::string_view file) {
  const std::string_view by_name = format_by_name(file);
  const auto& headings = changelog.headings();
  const bool is_markdown = std::any_of(headings.begin(), headings.end(), [](const auto& heading) {
    return heading.name && heading.lines == 1;
  });
  if (!by_name.empty() || is_markdown) return by_name;
  return format_by_marks(changelog.lines(), changelog.is_text());
}

}  // namespace

std::string changelog_section(std::string_view text, std::string_view tag,
                              const std::string& file) {
  const ChangelogSections changelog(lines(normalized(without_byte_order_mark(text))), tag);
  const std::string shown(tag);
  const std::string_view format = foreign_format(changelog, file);
  if (!format.empty()) {
    throw Error(Fault::workflow,
                fmt::format("{} is {}, but notes have to be Markdown", file, format),
                "Write the changelog in Markdown, or convert this version's section and give it "
                "as 'body_path'.");
  }
  const auto section = changelog.find();
  if (!section) {
    throw Error(Fault::workflow,
                fmt::format("{} has no section for {}; {}", file, shown, seen_in(changelog)),
                "Add one under a heading such as '## [1.2.0] - 2026-01-02'.");
  }
  std::string result = cut_out(changelog, *section);
  if (result.empty()) {
    throw Error(Fault::workflow, fmt::format("{}: the section for {} is empty", file, shown),
                "Describe the changes below its heading.");
  }
  return result;
}

}  // namespace core
