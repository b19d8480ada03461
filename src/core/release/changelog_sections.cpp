// SPDX-License-Identifier: MIT
#include "core/release/changelog_sections.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/text/blocks.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

using Heading = ChangelogSections::Heading;
using Kind = HeadingName::Kind;

/// "## Text ##" without its marks.
std::string_view text_of_hashed(std::string_view line) {
  line = trim(line);
  line = trim(line.substr(std::min(line.find_first_not_of('#'), line.size())));
  while (line.ends_with('#')) line.remove_suffix(1);
  return trim(line);
}

/// `<h2 id="x">Text</h2>`, alone in its line; level 0 for anything else.
Heading html_heading(std::string_view line) {
  Heading heading;
  line = trim(line);
  constexpr std::string_view end = "</h1>";
  if (line.size() < 2 * end.size() || lower(line.substr(0, 2)) != "<h") return heading;
  const std::string_view closing = line.substr(line.size() - end.size());
  if (line[2] < '1' || line[2] > '6' || lower(closing.substr(0, 3)) != "</h") return heading;
  if (closing[3] != line[2]) return heading;
  heading.level = static_cast<std::size_t>(line[2] - '0');
  heading.text = plain_heading(line);
  return heading;
}

/// Headings after the last section that are not parts of it.
bool begins_other_matter(const std::string& text) {
  constexpr std::array<std::string_view, 12> first_words = {
      "license", "licence",  "links",    "contributing", "credits", "older",
      "earlier", "previous", "releases", "references",   "about",   "legend"};
  const std::string low = lower(text);
  const std::string_view first = std::string_view(low).substr(0, low.find_first_of(" :"));
  return std::find(first_words.begin(), first_words.end(), first) != first_words.end();
}

}  // namespace

ChangelogSections::ChangelogSections(std::vector<std::string> lines, std::string_view tag)
    : tag_(lower(tag)),
      version_(parse_version(tag_)),
      thing_(thing_of_prefix(version_prefix(tag_))),
      lines_(std::move(lines)) {
  find_headings();
  take_names();
}

void ChangelogSections::find_headings() {
  Blocks blocks;
  LinkDefinitions ignored;
  std::size_t paragraph = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Blocks::Line line = blocks.read(lines_[i]);
    is_text_.push_back(line.kind == Blocks::Kind::text);
    if (line.begins) paragraph = i;
    Heading heading;
    if (line.kind == Blocks::Kind::html) heading = html_heading(lines_[i]);
    if (line.heading > 0 && line.begins) {
      heading.level = line.heading;
      heading.text = plain_heading(text_of_hashed(lines_[i]));
    } else if (line.heading > 0 && !read_link_definition(lines_[i - 1], ignored)) {
      heading.level = line.heading;
      std::string text;
      for (std::size_t at = paragraph; at < i; ++at) text += lines_[at] + " ";
      heading.text = plain_heading(text);
    }
    if (heading.level == 0) continue;
    const bool is_underlined = line.heading > 0 && !line.begins;
    heading.line = is_underlined ? paragraph : i;
    heading.lines = i + 1 - heading.line;
    headings_.push_back(std::move(heading));
  }
}

/// A version within a sentence counts only on the level of headings that are nothing but a version; if
/// there are none, on the level of most such sentences. A date counts only if there is no other version.
void ChangelogSections::take_names() {
  std::set<std::size_t> levels;
  std::map<std::size_t, std::size_t> sentences;  // how many, by their level
  bool has_versions = false;
  for (Heading& heading : headings_) {
    heading.name = name_in_heading(heading.text, tag_);
    if (!heading.name || heading.name->kind == Kind::date) continue;
    has_versions = true;
    if (heading.name->kind == Kind::version) levels.insert(heading.level);
    if (heading.name->kind == Kind::sentence) ++sentences[heading.level];
  }
  if (levels.empty() && !sentences.empty()) {
    const auto most = std::max_element(sentences.begin(), sentences.end(),
                                       [](auto& a, auto& b) { return a.second < b.second; });
    levels.insert(most->first);
  }
  std::string thing;
  for (Heading& heading : headings_) {
    if (!heading.name) continue;
    const Kind kind = heading.name->kind;
    const bool counts = kind == Kind::version || (kind == Kind::date && !has_versions) ||
                        (kind == Kind::sentence && levels.contains(heading.level));
    if (!counts) heading.name.reset();
    if (!counts || heading.name->thing.empty()) continue;
    if (thing.empty()) thing = heading.name->thing;
    has_one_thing_ = has_one_thing_ && thing == heading.name->thing;
  }
}

/// How well a heading fits the tag: 0 for not at all.
std::size_t ChangelogSections::rank(const Heading& heading) const {
  if (!heading.name) return 0;
  const std::string name = lower(heading.name->text);
  if (name == tag_) return 9;
  const auto& own = heading.name->version;
  if (!version_ || !own || !(*version_ == *own)) return 0;
  const std::string& thing = heading.name->thing;
  const bool is_same_thing =
      !thing.empty() && !thing_.empty() && (thing.ends_with(thing_) || thing_.ends_with(thing));
  std::size_t result = 0;
  if (is_same_thing) {
    result = 6;
  } else if (thing.empty()) {
    result = 4;
  } else if (has_one_thing_) {
    result = 2;
  }
  return result == 0 || lower(own->text) != version_->text ? result : result + 1;
}

std::optional<ChangelogSections::Range> ChangelogSections::find() const {
  std::size_t best = 0;
  std::size_t best_rank = 0;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    const std::size_t own = rank(headings_[i]);
    if (own > best_rank) {
      best = i;
      best_rank = own;
    }
  }
  if (best_rank == 0) return std::nullopt;
  return Range{headings_[best].line + headings_[best].lines, end_of(best)};
}

bool ChangelogSections::is_blank_between(std::size_t begin, std::size_t end) const {
  return std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                     lines_.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const std::string& line) { return trim(line).empty(); });
}

/// The line in which a section ends: that of the heading of the next version, or of a heading on a
/// higher level. Other headings of the same level are parts of the section if another version follows.
/// After the last version they are parts if the section would be empty without them, or if an earlier
/// section has such a part, too. If the headings of patch releases are one level below the others, so
/// are their parts (standard-version).
std::size_t ChangelogSections::end_of(std::size_t section) const {
  const Heading& own = headings_[section];
  const bool below_others =
      std::any_of(headings_.begin(), headings_.end(),
                  [&](const Heading& one) { return one.name && one.level < own.level; });
  std::set<std::string_view> parts_before;
  for (std::size_t i = 0; i < section; ++i) parts_before.insert(headings_[i].text);
  std::optional<std::size_t> first_beside;  // a heading of its own level
  bool goes_on_there = false;
  for (std::size_t i = section + 1; i < headings_.size(); ++i) {
    const Heading& next = headings_[i];
    if (next.name) return next.line;
    const bool is_rule_below_text = next.lines > 1 && next.level == 2;
    if (next.level < own.level && !is_rule_below_text) {
      return first_beside ? *first_beside : next.line;
    }
    if (next.level != own.level || below_others || is_rule_below_text || first_beside) continue;
    const bool is_needed = is_blank_between(own.line + own.lines, next.line);
    const bool is_known = parts_before.contains(next.text);
    if (!begins_other_matter(next.text) && (is_needed || is_known || goes_on_there)) {
      goes_on_there = true;
    } else {
      first_beside = next.line;
    }
  }
  return first_beside ? *first_beside : lines_.size();
}

}  // namespace core
