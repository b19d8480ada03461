// SPDX-License-Identifier: MIT
// How a changelog is divided into headings, and those into the sections of versions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release/changelog_heading.hpp"

namespace core {

class ChangelogSections {
 public:
  struct Heading {
    std::size_t line = 0;             ///< its first one
    std::size_t lines = 1;            ///< more for one that is underlined
    std::size_t level = 0;            ///< 1 to 6
    std::string text;                 ///< plain
    std::optional<HeadingName> name;  ///< of the section that begins here
  };

  /// Lines from `begin` up to `end`.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  ChangelogSections(std::vector<std::string> lines, std::string_view tag);

  const std::vector<std::string>& lines() const { return lines_; }
  const std::vector<bool>& is_text() const { return is_text_; }  ///< see text_lines
  const std::vector<Heading>& headings() const { return headings_; }

  /// The section for the version of `tag`, without the heading; nullopt if there is none. The spelling of
  /// the tag takes precedence over an equivalent version, and a heading with the name of the tag's prefix
  /// over one without a name. Other names count only if all headings have the same.
  std::optional<Range> find() const;

 private:
  void find_headings();
  void take_names();
  std::size_t rank(const Heading& heading) const;
  std::size_t end_of(std::size_t section) const;
  bool is_blank_between(std::size_t begin, std::size_t end) const;

  std::string tag_;  ///< in lower case
  std::optional<Version> version_;
  std::string thing_;  ///< that the tag's prefix names
  std::vector<std::string> lines_;
  std::vector<bool> is_text_;
  std::vector<Heading> headings_;
  bool has_one_thing_ = true;  ///< no two names of things in headings
};

}  // namespace core
